import type { Effect } from '../../../model';

export type Loss = readonly [readonly Effect[], string];

/** Methods that destroy, whatever they are called on. Source: mongosh documentation, "mongosh Methods". */
export const METHODS: ReadonlyMap<string, Loss> = new Map<string, Loss>(Object.entries({
  dropDatabase: [['data-loss'], 'Drops the database with every collection in it.'],
  drop: [['data-loss'], 'Drops a collection with every document in it.'],
  convertToCapped: [['data-loss'], 'Makes a collection one of a fixed size: its oldest documents are thrown away.'],
  dropIndex: [['outage'], 'Drops an index: queries that use it slow down.'],
  dropIndexes: [['outage'], 'Drops indexes: queries that use them slow down.'],
  dropSearchIndex: [['outage'], 'Drops a search index: searches that use it fail.'],
  dropUser: [['access-loss'], 'Drops a user.'],
  dropAllUsers: [['access-loss'], 'Drops every user of the database.'],
  removeUser: [['access-loss'], 'Drops a user.'],
  dropRole: [['access-loss'], 'Drops a role.'],
  dropAllRoles: [['access-loss'], 'Drops every role of the database.'],
  revokeRolesFromUser: [['access-loss'], 'Takes roles from a user.'],
  revokeRolesFromRole: [['access-loss'], 'Takes roles from a role.'],
  revokePrivilegesFromRole: [['access-loss'], 'Takes rights from a role.'],
  shutdownServer: [['outage'], 'Stops the server.'],
  killOp: [['outage'], 'Ends an operation.'],
  removeShard: [['outage'], 'Takes a shard out of the cluster.'],
  stepDown: [['outage'], 'Makes the primary step down.'],
  reconfig: [['outage'], 'Changes which servers belong to the replica set.'],
  fsyncLock: [['outage'], 'Blocks writes to the server.'],
} satisfies Record<string, Loss>));

/** Database commands, by the first key of their document. Source: MongoDB documentation, "Database Commands". */
export const COMMANDS: ReadonlyMap<string, Loss> = new Map<string, Loss>(Object.entries({
  dropDatabase: [['data-loss'], 'Drops the database with every collection in it.'],
  drop: [['data-loss'], 'Drops a collection.'],
  convertToCapped: [['data-loss'], 'Makes a collection one of a fixed size: its oldest documents are thrown away.'],
  cleanupOrphaned: [['data-loss'], 'Deletes documents that a shard does not own.'],
  dropIndexes: [['outage'], 'Drops indexes: queries that use them slow down.'],
  deleteIndexes: [['outage'], 'Drops indexes: queries that use them slow down.'],
  shutdown: [['outage'], 'Stops the server.'],
  fsync: [['outage'], 'May block writes to the server.'],
  killOp: [['outage'], 'Ends an operation.'],
  killAllSessions: [['outage'], 'Ends the sessions of everybody.'],
  killAllSessionsByPattern: [['outage'], 'Ends sessions.'],
  removeShard: [['outage'], 'Takes a shard out of the cluster.'],
  replSetStepDown: [['outage'], 'Makes the primary step down.'],
  replSetReconfig: [['outage'], 'Changes which servers belong to the replica set.'],
  dropUser: [['access-loss'], 'Drops a user.'],
  dropAllUsersFromDatabase: [['access-loss'], 'Drops every user.'],
  dropRole: [['access-loss'], 'Drops a role.'],
  dropAllRolesFromDatabase: [['access-loss'], 'Drops every role.'],
  revokeRolesFromUser: [['access-loss'], 'Takes roles from a user.'],
  revokeRolesFromRole: [['access-loss'], 'Takes roles from a role.'],
  revokePrivilegesFromRole: [['access-loss'], 'Takes rights from a role.'],
} satisfies Record<string, Loss>));

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Database commands that only read. Source: the same. */
export const READING_COMMANDS = words(`aggregate count distinct find getMore killCursors hello isMaster ismaster ping buildInfo buildinfo collStats collstats connPoolStats connectionStatus currentOp cursorInfo dataSize dbHash dbStats
  dbstats driverOIDTest explain features getCmdLineOpts getLog getParameter getDefaultRWConcern getShardMap getShardVersion hostInfo isdbgrid isSelf listCollections listCommands listDatabases listIndexes listShards lockInfo netstat
  availableQueryOptions balancerStatus balancerCollectionStatus planCacheListFilters replSetGetConfig replSetGetStatus rolesInfo serverStatus shardingState top usersInfo validate whatsmyuri getnonce authenticate logout checkShardingIndex
  listSearchIndexes getClusterParameter startSession refreshSessions endSessions profile atlasVersion hello dbVersion`);

/** Database commands that change something and take nothing away by themselves. Source: the same. */
export const WRITING_COMMANDS = words(`insert update findAndModify findandmodify create createIndexes createUser createRole updateUser updateRole grantRolesToUser grantRolesToRole grantPrivilegesToRole collMod compact reIndex setParameter
  setFeatureCompatibilityVersion setDefaultRWConcern setClusterParameter enableSharding shardCollection refineCollectionShardKey reshardCollection addShard addShardToZone updateZoneKeyRange removeShardFromZone moveChunk moveRange split
  balancerStart balancerStop flushRouterConfig logRotate replSetInitiate replSetFreeze replSetMaintenance replSetSyncFrom replSetResizeOplog planCacheClear planCacheSetFilter planCacheClearFilters createSearchIndexes updateSearchIndex
  commitTransaction abortTransaction invalidateUserCache rotateCertificates touch connPoolSync setIndexCommitQuorum fsyncUnlock`);

/** Methods of databases, collections, cursors, replica sets, shards and sessions that only read or only configure the shell. Source: mongosh documentation, "mongosh Methods". */
export const READING = words(`find findOne count countDocuments estimatedDocumentCount distinct stats dataSize storageSize totalSize totalIndexSize getIndexes getIndexKeys getIndices getSearchIndexes getShardDistribution getShardVersion
  getShardLocation getName getFullName getDB getMongo explain isCapped validate latencyStats getPlanCache exists watch getCollection getCollectionNames getCollectionInfos getSiblingDB serverStatus hostInfo hello isMaster version currentOp
  getUsers getUser getRoles getRole getProfilingStatus getProfilingLevel getLogComponents listCommands printCollectionStats printReplicationInfo printSecondaryReplicationInfo printSlaveReplicationInfo printShardingStatus serverBuildInfo
  serverCmdLineOpts serverBits auth logout help commandHelp getReplicationInfo getLastError getLastErrorObj getFreeMonitoringStatus getWriteConcern rotateCertificates checkMetadataConsistency analyzeShardKey
  sort limit skip toArray pretty next hasNext tryNext itcount size hint batchSize maxTimeMS maxAwaitTimeMS projection comment min max noCursorTimeout readConcern readPref returnKey showRecordId showDiskLoc allowDiskUse collation
  objsLeftInBatch close isClosed isExhausted addOption tailable allowPartialResults queryPlanner executionStats allPlansExecution list getPlansByQuery listQueryShapes finish tailable bsonsize
  status conf config secondaryOk slaveOk getBalancerState isBalancerRunning isConfigShardEnabled balancerCollectionStatus listShards waitForBalancer getShardedDataDistribution
  startSession getDatabase startTransaction commitTransaction abortTransaction endSession withTransaction getSessionId getOperationTime getClusterTime hasEnded advanceClusterTime advanceOperationTime
  getDBNames getDBs getReadPref getReadPrefMode getReadPrefTagSet getReadConcern getURI setReadPref setReadConcern setSecondaryOk setSlaveOk getOptions isCausalConsistency adminHello
  forEach map filter reduce reduceRight some every join slice indexOf lastIndexOf includes keys values entries push unshift pop shift splice concat reverse flat flatMap findIndex findLast toString toJSON valueOf toISOString toLocaleString getTime replace
  replaceAll split trim trimStart trimEnd toLowerCase toUpperCase startsWith endsWith match matchAll test exec padEnd padStart toFixed toNumber hasOwnProperty at substring substr charAt charCodeAt toHexString str equals getTimestamp tojson then catch finally
  getFullYear getMonth getDate getHours isPrototypeOf localeCompare fill set get has add`);

/** Methods that write and take nothing away by themselves: `add` for what only adds. Source: the same. */
export const WRITING: ReadonlyMap<string, 'additive' | 'modifying'> = new Map([
  ...[...words('insert insertOne insertMany save createCollection createIndex createIndexes ensureIndex createUser addUser createRole createView createSearchIndex createSearchIndexes addShard addShardTag addShardToZone addTagRange updateZoneKeyRange initiate addArb grantRolesToUser grantRolesToRole grantPrivilegesToRole')].map((name) => [name, 'additive'] as const),
  ...[...words(`updateOne replaceOne findOneAndUpdate findOneAndReplace deleteOne findOneAndDelete findAndModify update remove deleteMany updateMany reIndex changeUserPassword updateUser updateRole setProfilingLevel setLogLevel fsyncUnlock
    startBalancer stopBalancer setBalancerState enableAutoSplit disableAutoSplit enableBalancing disableBalancing enableSharding shardCollection moveChunk moveRange splitAt splitFind removeShardTag removeShardFromZone removeTagRange removeRangeFromZone
    freeze syncFrom clear clearPlansByQuery hideIndex unhideIndex updateSearchIndex setWriteConcern refineCollectionShardKey reshardCollection commitReshardCollection abortReshardCollection setDefaultRWConcern configureQueryAnalyzer compactStructuredEncryptionData
    enableFreeMonitoring disableFreeMonitoring execute bulkWrite initializeUnorderedBulkOp initializeOrderedBulkOp renameCollection aggregate runCommand adminCommand add upsert`)].map((name) => [name, 'modifying'] as const),
]);

/** What starts other programs, or text that is not read here. Sources: Node.js documentation; legacy mongo shell, "Native Methods". */
export const RUNNERS = /(?:^|\.)(?:child_process|execSync|execFileSync|spawnSync|run|runProgram|runMongoProgram|runNonMongoProgram|startMongoProgram|_startMongoProgram|import|importScripts|snippet)$/;
