import { commonTool } from './cli/common-tool';

/** The MongoDB Atlas CLI. */
export const mongodbAtlas = commonTool({
  names: ['atlas', 'mongocli'], provider: 'mongodb-atlas', source: 'MongoDB Atlas CLI reference',
  commands: `
    clusters delete                   | destroy data-loss,outage
    serverless delete                 | destroy data-loss,outage
    projects delete                   | destroy data-loss,outage
    organizations delete              | destroy data-loss,outage
    deployments delete                | destroy data-loss,outage
    cluster delete                    | destroy data-loss,outage
    clusters pause,failover           | destroy outage
    deployments pause                 | destroy outage
    clusters sampleData *             | add
    deployments start                 | add
    clusters start                    | add
    auth *                            | read
    config *                          | read
    deployments connect               | read
    schema inspect,diff               | read
    migrate status,lint,validate,hash | read
    clusters upgrade,update           | change
    schema apply                      | change
    migrate apply,set,push            | change
    schema clean                      | destroy data-loss
    migrate down                      | destroy data-loss
    backups schedule delete           | destroy guard-removal
    backups snapshots delete          | destroy guard-removal
    accessLists delete                | destroy guard-removal
    alerts settings delete            | destroy guard-removal
  `,
});
