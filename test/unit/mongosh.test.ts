import assert from 'node:assert/strict';

import { detectCommand } from '../../src/detect/detect';
import type { Actor, Operation, VerdictKind } from '../../src/model';
import { decide } from '../../src/rules/decide';

const person: Actor = { kind: 'human', name: 'somebody', evidence: [], confidence: 'likely' };
const agent: Actor = { kind: 'agent', name: 'an agent', evidence: [], confidence: 'certain' };
const FILES: Readonly<Record<string, string>> = { '/w/read.js': 'printjson(db.stats())', '/w/drop.js': 'db.getSiblingDB("a").dropDatabase()' };

const told = (cmd: string): Operation[] => detectCommand(cmd, { home: '/home/me', cwd: '/w', readFile: (file) => FILES[file] });
const verdict = (operations: readonly Operation[], actor: Actor): VerdictKind => decide({ operations: operations.map((o) => ({ ...o, context: { ...o.context, profile: 'payments-prod' } })), actor, layers: [] }).verdict.kind;
const script = (text: string): string => `mongosh prod --quiet --eval '${text.replaceAll("'", `'\\''`)}'`;

/** Scripts that were not told right: what they are, and what was said of each. */
const wrong = (scripts: readonly string[], right: (operations: readonly Operation[]) => boolean): string[] => scripts.flatMap((text) => {
  const operations = told(script(text));
  return right(operations) ? [] : [`${text}: ${operations.map((o) => `${o.mutation} ${o.reason}`).join(' | ')}`];
});

describe('A text of mongosh', () => {
  it('is read to its end: no call hides the next one', () => {
    assert.deepEqual(wrong([
      'db.users.countDocuments(); db.dropDatabase()', "db.auth('a','b');db.dropDatabase()", 'rs.status(); db.x.drop()', 'db.users.find({a:1}).limit(1); db.users.deleteMany({})',
      'print(1); { db.a.find(); db.b.remove({}) }', 'if (db.users.findOne()) { db.runCommand({ dropDatabase: 1 }) }', 'use prod\ndb.dropDatabase()',
    ], (o) => o.some((x) => x.mutation === 'destructive')), []);
  });

  it('is read as JavaScript: a name may be put together, aliased, or stand in brackets', () => {
    assert.deepEqual(wrong([
      'db["x"]["drop"]()', 'db.getCollectionNames().forEach(c => db[c].drop())', 'for (const c of db.getCollectionNames()) db[c].drop()', 'const f="drop"+"Database"; db[f]()', 'const d = db; d.dropDatabase()', 'const { dropDatabase: go } = db; go.call(db)',
      'db.dropDatabase.call(db)', 'Reflect.apply(db.dropDatabase, db, [])', 'db?.x?.drop()', 'db./* a */x\n.drop ()', '[db.dropDatabase][0]()', 'eval("db.drop" + "Database()")', 'new Mongo("mongodb://h").getDB("x").dropDatabase()', 'connect("h/x").dropDatabase()',
      'db.x.drop``', 'function go(c) { c.drop() } go(db.users)', 'db.getMongo().getDB("x").users.drop()',
    ], (o) => o.some((x) => x.mutation === 'destructive')), []);
  });

  it('loses data in more ways than by drop', () => {
    assert.deepEqual(wrong([
      'db.a.aggregate([{$out:"x"}])', 'db.a.aggregate([{$match:{}},{"$out":{db:"y",coll:"x"}}])', 'db.x.renameCollection("y",true)', 'db.adminCommand({renameCollection:"a.x",to:"a.y",dropTarget:true})',
      'db.runCommand({delete:"users",deletes:[{q:{},limit:0}]})', 'db.users.bulkWrite([{deleteMany:{filter:{}}}])', 'db.users.updateMany({}, {$set:{a:1}})', 'db.x.deleteMany()', 'db.runCommand("dropDatabase")', 'db.adminCommand({shutdown:1})', 'rs.stepDown()', 'db.runCommand({convertToCapped:"x",size:1})',
    ], (o) => o.some((x) => x.mutation === 'destructive')), []);
  });

  it('is not known where a name, a command or a pipeline only shows when it runs', () => {
    assert.deepEqual(wrong([
      'db.x[process.argv[2]]()', 'db[m]()', 'db.runCommand(JSON.parse(x))', 'db.runCommand({[k]:1})', 'db.x.aggregate(stages)', 'eval(x)', 'globalThis[k]()', 'require("child_process").execSync("ls")', 'run("sh", "-c", "x")', 'db.runCommand({somethingNew:1})',
      'for (const m of ["find","count","stats","drop"]) db.x[m]()', '[{c:"users",m:"drop"}].forEach(({c, m}) => db[c][m]())',
    ], (o) => o.some((x) => x.mutation === 'unknown' || x.mutation === 'destructive')), []);
  });

  it('that only reads is a read, and one that writes is told as a write', () => {
    assert.deepEqual(wrong([
      'db.users.find()', 'db.stats()', 'print("db.users.drop()")', 'db.users.find({a:1}).sort({b:1}).limit(5).toArray()', 'db["users"].countDocuments()', 'printjson(rs.status())', 'db.adminCommand({ping:1})', 'db.getCollectionNames().forEach(c => print(c, db[c].countDocuments()))', 'db.users.aggregate([{$match:{a:1}},{$group:{_id:"$b",n:{$sum:1}}}])',
      'show dbs', 'db.runCommand("ping").ok', 'db.hello().isWritablePrimary', 'const x = db.users.findOne({name:"drop"}); JSON.stringify(x)', '// db.dropDatabase()\ndb.version()', 'sh.status()', 'db.currentOp({"secs_running":{$gt:3}}).inprog.map(o => o.opid).join()', 'db.users.explain().find()', 'EJSON.stringify(db.users.find().toArray())', 'while (!db.hello().ok) sleep(100)', 'new Date().toISOString()', 'db.a.getIndexes()',
    ], (o) => o.every((x) => x.mutation === 'none')), []);
    assert.deepEqual(wrong(['db.users.insertOne({a:1})', 'db.users.deleteMany({active:false})', 'db.users.updateOne({_id:1},{$set:{a:1}})', 'db.createCollection("x")', 'db.a.aggregate([{$merge:{into:"x"}}])'], (o) => o.some((x) => x.mutation === 'modifying' || x.mutation === 'additive') && !o.some((x) => x.mutation === 'destructive' || x.mutation === 'unknown')), []);
  });

  it('in a file counts as what stands there; a file that nobody reads is a question for a program and a warning for a person', () => {
    for (const cmd of ['mongosh prod /w/drop.js', 'mongosh prod drop.js', 'mongosh -f drop.js', 'mongosh --eval \'load("/w/drop.js")\'', 'mongosh --eval \'load("read.js"); load("drop.js")\'']) assert.ok(told(cmd).some((o) => o.mutation === 'destructive'), cmd);
    for (const cmd of ['mongosh read.js', 'mongosh --eval \'load("read.js")\'']) assert.ok(told(cmd).every((o) => o.mutation === 'none'), cmd);
    for (const cmd of ['mongosh /tmp/x.js', 'mongosh prod /tmp/x', 'mongosh -f /tmp/x.js', 'mongosh --eval \'load("/tmp/x.js")\'', 'kubectl exec db-0 -- mongosh prod /tmp/x.js']) {
      assert.deepEqual([verdict(told(cmd), person), verdict(told(cmd), agent)], ['warn', 'confirm'], cmd);
    }
  });

  it('is told of as what it is through a door', () => {
    const operations = told('kubectl exec db-0 -- mongosh prod --quiet --eval "db.users.countDocuments(); db.dropDatabase()"');
    assert.equal(verdict(operations, person), 'confirm');
    assert.match(operations.map((o) => o.reason).join(), /Drops the database/);
  });
});
