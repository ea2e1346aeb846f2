import type { Tool } from '../../invocation';
import { commandTool, type ToolSpec } from './command-tool';

/** Options with a value that most of these tools share. */
const VALUED = `--profile --region --project --org --organization --team --account --config -c --context --output -o --format --name -n
  --id --zone --token --api-key --namespace --cluster --branch --database --role --limit --service --environment -e --env --app -a
  --filter --file -f --version --type --size --image --url --host --user -u --password -p --tag --message -m`;

/** What is special about a tool whose commands are `group … verb [name]`, in the words of the common vocabulary. */
type CommonSpec = Pick<ToolSpec, 'names' | 'provider' | 'source' | 'commands'>
  & Partial<Pick<ToolSpec, 'otherwise' | 'everyday' | 'valued' | 'refine'>>;

/** A tool of a cloud or platform that follows the design guides: see `engines/verbs.ts`. */
export function commonTool(spec: CommonSpec): Tool {
  return commandTool({
    otherwise: 'verbs', ...spec, valued: `${VALUED} ${spec.valued ?? ''}`,
    flags: '--force -f --yes -y --all -a --wait --json --auto-approve --confirm --recursive -r --purge',
    harmless: '--dry-run --noop', guards: '--force --yes -y --auto-approve --confirm --purge',
  });
}
