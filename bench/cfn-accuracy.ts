// How often a preview is exactly right on the recorded change sets: offline, from the recorded rows, and by @aws-cdk/cloudformation-diff.
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fromChangeSetRows, predict, type ChangeSetRow } from '../src/detect/templates/cloudformation';

interface Side {
  readonly template: object;
  readonly parameters: Readonly<Record<string, string>> | null;
}

export interface RecordedCase {
  readonly name: string;
  readonly before: Side;
  readonly after: Side;
  readonly describeChangeSet: readonly ChangeSetRow[];
  readonly describeChangeSetWithPropertyValues: readonly ChangeSetRow[];
  readonly resourceEvents: Readonly<Record<string, readonly { readonly ResourceStatus: string; readonly PhysicalResourceId?: string; readonly ResourceType: string }[]>>;
}

/** One word per changed resource: what happens, and whether it is replaced. */
type Answer = ReadonlyMap<string, string>;

export interface CaseScore {
  readonly name: string;
  readonly truth: Answer;
  readonly offline: boolean;
  readonly rows: boolean;
  readonly cdk: boolean;
  /** From the rows, every resource that really changed is named. */
  readonly rowsNameAll: boolean;
  readonly offlineAnswer: Answer;
}

export function recordedCases(): RecordedCase[] {
  const file = path.resolve(process.cwd(), 'test/corpora/cloudformation-change-sets/recorded.json');
  return JSON.parse(readFileSync(file, 'utf8')) as RecordedCase[];
}

/** What really happened: updates and replacements from the events, additions and removals from the plain rows. */
export function whatHappened(recorded: RecordedCase): Map<string, string> {
  const truth = new Map<string, string>();
  for (const [id, events] of Object.entries(recorded.resourceEvents)) {
    if (events.some((event) => event.ResourceType === 'AWS::CloudFormation::Stack' && id.startsWith('<'))) continue;
    const physical = (status: string): Set<string | undefined> => new Set(events.filter((event) => event.ResourceStatus === status).map((event) => event.PhysicalResourceId));
    const updated = physical('UPDATE_COMPLETE');
    const created = physical('CREATE_COMPLETE');
    if (updated.size > 0 && id !== 'Stack') truth.set(id, [...updated].every((name) => created.has(name)) ? 'modify' : 'modify+replace');
  }
  for (const { ResourceChange: change } of recorded.describeChangeSet) {
    if (change?.LogicalResourceId !== undefined && (change.Action === 'Add' || change.Action === 'Remove')) truth.set(change.LogicalResourceId, change.Action.toLowerCase());
  }
  return truth;
}

function answerOf(resources: readonly { readonly logicalId: string; readonly action: string; readonly replacement: string }[]): Map<string, string> {
  return new Map(resources.map((one) => [one.logicalId, one.replacement === 'no' ? one.action : `${one.action}${one.replacement === 'yes' ? '+replace' : '+may'}`]));
}

function cdkAnswer(recorded: RecordedCase): Map<string, string> {
  const answer = new Map<string, string>();
  fullDiff(structuredClone(recorded.before.template), structuredClone(recorded.after.template)).resources.forEachDifference((id, change) => {
    switch (change.changeImpact) {
      case ResourceImpact.WILL_CREATE: answer.set(id, 'add'); break;
      case ResourceImpact.WILL_DESTROY:
      case ResourceImpact.WILL_ORPHAN: answer.set(id, 'remove'); break;
      case ResourceImpact.WILL_REPLACE: answer.set(id, 'modify+replace'); break;
      case ResourceImpact.MAY_REPLACE: answer.set(id, 'modify+may'); break;
      case ResourceImpact.WILL_UPDATE: answer.set(id, 'modify'); break;
      default: break;
    }
  });
  return answer;
}

/** A possible replacement counts as right for a real one only where AWS itself left it open. */
function exact(truth: Answer, answer: Answer, left: ReadonlySet<string>): boolean {
  if (truth.size !== answer.size) return false;
  return [...truth].every(([id, what]) => answer.get(id) === what || (answer.get(id) === 'modify+may' && left.has(id) && what.startsWith('modify')));
}

/** Scores every recorded case. */
export function scoreRecorded(): CaseScore[] {
  return recordedCases().map((recorded) => {
    const truth = whatHappened(recorded);
    const left = new Set(recorded.describeChangeSet.flatMap((row) => (row.ResourceChange?.Replacement === 'Conditional' ? [row.ResourceChange.LogicalResourceId ?? ''] : [])));
    const offline = answerOf(predict(recorded.before, recorded.after).resources);
    const rows = answerOf(fromChangeSetRows(recorded.describeChangeSet, recorded.describeChangeSetWithPropertyValues, { before: recorded.before, after: recorded.after }));
    return {
      name: recorded.name, truth, offlineAnswer: offline,
      offline: exact(truth, offline, left), rows: exact(truth, rows, left), cdk: exact(truth, cdkAnswer(recorded), left),
      rowsNameAll: [...truth.keys()].every((id) => rows.has(id)),
    };
  });
}

function print(): void {
  const scores = scoreRecorded();
  const count = (key: 'offline' | 'rows' | 'cdk'): string => `${scores.filter((score) => score[key]).length} of ${scores.length}`;
  console.log('Recorded change sets, exactly right (every changed resource, its action and its replacement):');
  console.log(`  offline prediction             ${count('offline')}`);
  console.log(`  from the recorded rows         ${count('rows')}`);
  console.log(`  @aws-cdk/cloudformation-diff   ${count('cdk')}`);
  const text = (answer: Answer): string => [...answer].map(([id, what]) => `${id} ${what}`).join(', ') || 'nothing';
  for (const score of scores.filter((one) => !one.offline || !one.rows)) {
    console.log(`  not right: ${score.name}: happened ${text(score.truth)}; offline said ${text(score.offlineAnswer)}${score.rows ? '' : '; rows differ too'}`);
  }
}

if (require.main === module) print();
