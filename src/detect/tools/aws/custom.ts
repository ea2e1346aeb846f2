import type { Effect, Mutation } from '../../../model';
import type { Finding } from '../../invocation';
import { finding, flagState, optionWords, surelyOn, unknownWords, wordTargets, type AwsCall } from './call';
import { meansOption } from './command-line';

/** A command of the AWS CLI that is no API operation: what it does, and which option names its target. */
interface CustomCommand {
  readonly operation: string;
  readonly mutation: Mutation;
  readonly effects?: readonly Effect[];
  readonly reason: string;
  readonly target?: readonly [option: string, type: string];
}

const LOCAL = 'Changes files on this machine only.';
const read = (operation: string, reason: string): CustomCommand => ({ operation, mutation: 'none', reason });

/**
 * By `service command`; `*` is any command. Source: the folder of that name in awscli/customizations (v1) unless a line
 * says v2, which is the AWS CLI v2 reference of the command.
 */
const CUSTOM: Readonly<Record<string, CustomCommand>> = {
  'configure list': read('cli:configure', 'Shows the settings in force: changes nothing.'),
  'configure get': read('cli:configure', 'Shows a setting: changes nothing.'),
  'configure list-profiles': read('cli:configure', 'Lists profiles: changes nothing.'), // v2
  'configure export-credentials': read('cli:configure', 'Prints the credentials in force.'), // v2
  'configure add-model': { operation: 'cli:configure', mutation: 'unknown', effects: ['unknown'], reason: 'Teaches the AWS CLI operations that are not known here: a later command may do something else than its name says.' },
  'configure *': { operation: 'cli:configure', mutation: 'modifying', reason: 'Changes the settings of the AWS CLI on this machine.' },
  'history *': read('cli:history', 'Shows earlier commands: changes nothing.'),
  'sso login': { operation: 'cli:sso', mutation: 'modifying', reason: 'Signs in and stores a token on this machine.' }, // v2
  'sso logout': { operation: 'cli:sso', mutation: 'modifying', reason: 'Forgets the tokens on this machine.' }, // v2
  'login *': { operation: 'cli:login', mutation: 'modifying', reason: 'Signs in and stores credentials on this machine.' }, // v2
  'logout *': { operation: 'cli:login', mutation: 'modifying', reason: 'Forgets the credentials on this machine.' }, // v2
  'ddb select': read('dynamodb:Scan', 'Reads items: changes nothing.'), // v2
  'ddb put': { operation: 'dynamodb:PutItem', mutation: 'modifying', reason: 'Writes items; those with the same key are replaced.' }, // v2
  'dsql generate-db-connect-auth-token': read('dsql:DbConnect', 'Makes a token for signing in to the database.'), // v2
  'dsql generate-db-connect-admin-auth-token': read('dsql:DbConnectAdmin', 'Makes a token for signing in to the database.'), // v2
  'logs tail': read('logs:FilterLogEvents', 'Reads logs: changes nothing.'), // v2
  'logs start-live-tail': read('logs:StartLiveTail', 'Reads logs: changes nothing.'),
  'ec2-instance-connect ssh': { operation: 'ec2-instance-connect:SendSSHPublicKey', mutation: 'additive', reason: 'Opens a shell on an instance; what is typed there is not seen here.' }, // v2
  'ec2-instance-connect open-tunnel': { operation: 'ec2-instance-connect:OpenTunnel', mutation: 'additive', reason: 'Opens a tunnel to an instance.' }, // v2
  'lightsail push-container-image': { operation: 'lightsail:RegisterContainerImage', mutation: 'additive', reason: 'Uploads a container image.' }, // v2
  'cloudformation package': { operation: 'cloudformation:Package', mutation: 'additive', reason: 'Uploads files to S3 and writes a template; no stack is touched.' },
  'cloudfront sign': read('cloudfront:Sign', 'Signs a link: changes nothing.'),
  'cloudtrail create-subscription': { operation: 'cloudtrail:CreateTrail', mutation: 'additive', reason: 'Creates a trail, a bucket and a topic.' },
  'cloudtrail update-subscription': { operation: 'cloudtrail:UpdateTrail', mutation: 'modifying', reason: 'Changes a trail.' },
  'cloudtrail validate-logs': read('cloudtrail:ValidateLogs', 'Checks log files: changes nothing.'),
  'codeartifact login': { operation: 'codeartifact:GetAuthorizationToken', mutation: 'modifying', reason: LOCAL },
  'codecommit credential-helper': read('codecommit:CredentialHelper', 'Hands Git a password: changes nothing.'),
  'datapipeline list-runs': read('datapipeline:QueryObjects', 'Lists runs: changes nothing.'),
  'datapipeline create-default-roles': { operation: 'iam:CreateRole', mutation: 'additive', reason: 'Creates roles.' },
  'dlm create-default-role': { operation: 'iam:CreateRole', mutation: 'additive', reason: 'Creates a role.' },
  'ecr get-login': read('ecr:GetAuthorizationToken', 'Prints a password for the registry.'),
  'ecr get-login-password': read('ecr:GetAuthorizationToken', 'Prints a password for the registry.'),
  'ecr-public get-login-password': read('ecr-public:GetAuthorizationToken', 'Prints a password for the registry.'),
  'ecs deploy': { operation: 'codedeploy:CreateDeployment', mutation: 'modifying', reason: 'Deploys a new task definition to a service.', target: ['service', 'AWS::ECS::Service'] },
  'eks update-kubeconfig': { operation: 'eks:DescribeCluster', mutation: 'modifying', reason: 'Writes the kubeconfig on this machine: later kubectl commands may go to another cluster.', target: ['name', 'AWS::EKS::Cluster'] },
  'eks get-token': read('eks:GetToken', 'Makes a token for the cluster: changes nothing.'),
  'emr add-instance-groups': { operation: 'emr:AddInstanceGroups', mutation: 'additive', effects: ['cost'], reason: 'Adds instances to a cluster.', target: ['cluster-id', 'AWS::EMR::Cluster'] },
  'emr describe-cluster': read('elasticmapreduce:DescribeCluster', 'Shows a cluster: changes nothing.'),
  'emr terminate-clusters': { operation: 'elasticmapreduce:TerminateJobFlows', mutation: 'destructive', effects: ['data-loss', 'outage'], reason: 'Terminates the clusters; data that is not in S3 is lost.', target: ['cluster-ids', 'AWS::EMR::Cluster'] },
  'emr modify-cluster-attributes': { operation: 'elasticmapreduce:ModifyCluster', mutation: 'modifying', reason: 'Changes a cluster.', target: ['cluster-id', 'AWS::EMR::Cluster'] },
  'emr install-applications': { operation: 'elasticmapreduce:AddJobFlowSteps', mutation: 'modifying', reason: 'Installs applications on a cluster.', target: ['cluster-id', 'AWS::EMR::Cluster'] },
  'emr create-cluster': { operation: 'elasticmapreduce:RunJobFlow', mutation: 'additive', effects: ['cost'], reason: 'Starts a cluster.' },
  'emr add-steps': { operation: 'elasticmapreduce:AddJobFlowSteps', mutation: 'additive', reason: 'Runs steps on a cluster.', target: ['cluster-id', 'AWS::EMR::Cluster'] },
  'emr restore-from-hbase-backup': { operation: 'elasticmapreduce:AddJobFlowSteps', mutation: 'destructive', effects: ['data-loss', 'outage'], reason: 'Overwrites HBase with a backup; later data is lost.', target: ['cluster-id', 'AWS::EMR::Cluster'] },
  'emr create-hbase-backup': { operation: 'elasticmapreduce:AddJobFlowSteps', mutation: 'additive', reason: 'Makes a backup.' },
  'emr schedule-hbase-backup': { operation: 'elasticmapreduce:AddJobFlowSteps', mutation: 'additive', reason: 'Plans backups.' },
  'emr disable-hbase-backups': { operation: 'elasticmapreduce:AddJobFlowSteps', mutation: 'destructive', effects: ['guard-removal'], reason: 'Backups of HBase are no longer made.', target: ['cluster-id', 'AWS::EMR::Cluster'] },
  'emr create-default-roles': { operation: 'iam:CreateRole', mutation: 'additive', reason: 'Creates roles.' },
  'emr ssh': { operation: 'elasticmapreduce:Ssh', mutation: 'unknown', effects: ['unknown'], reason: 'Runs a command or a shell on the primary node; what it changes can not be told.', target: ['cluster-id', 'AWS::EMR::Cluster'] },
  'emr socks': read('elasticmapreduce:Socks', 'Opens a tunnel: changes nothing.'),
  'emr get': read('elasticmapreduce:Get', 'Copies a file from the primary node: changes nothing.'),
  'emr put': { operation: 'elasticmapreduce:Put', mutation: 'modifying', reason: 'Copies a file to the primary node.' },
  'emr-containers update-role-trust-policy': { operation: 'iam:UpdateAssumeRolePolicy', mutation: 'modifying', reason: 'Changes who may assume the role.', target: ['role-name', 'AWS::IAM::Role'] },
  'gamelift upload-build': { operation: 'gamelift:CreateBuild', mutation: 'additive', reason: 'Uploads a build.' },
  'gamelift get-game-session-log': read('gamelift:GetGameSessionLogUrl', 'Downloads a log: changes nothing.'),
  'rds generate-db-auth-token': read('rds-db:connect', 'Makes a token for signing in to the database.'),
  'rds add-option-to-option-group': { operation: 'rds:ModifyOptionGroup', mutation: 'modifying', reason: 'Adds options to an option group; its instances may restart.', target: ['option-group-name', 'AWS::RDS::OptionGroup'] },
  'rds remove-option-from-option-group': { operation: 'rds:ModifyOptionGroup', mutation: 'destructive', effects: ['outage'], reason: 'Removes options from an option group: its instances lose those features.', target: ['option-group-name', 'AWS::RDS::OptionGroup'] },
  'servicecatalog generate': { operation: 'servicecatalog:CreateProvisioningArtifact', mutation: 'additive', reason: 'Uploads a template and makes a product or version of it.' },
  'deploy push': { operation: 'codedeploy:RegisterApplicationRevision', mutation: 'additive', reason: 'Uploads a revision.' },
  'deploy register': { operation: 'codedeploy:RegisterOnPremisesInstance', mutation: 'additive', reason: 'Makes an instance known to CodeDeploy.' },
  'deploy deregister': { operation: 'codedeploy:DeregisterOnPremisesInstance', mutation: 'destructive', effects: ['outage', 'access-loss'], reason: 'Takes the instance out of CodeDeploy and deletes its IAM user.', target: ['instance-name', 'instance-name'] },
  'deploy install': { operation: 'codedeploy:Install', mutation: 'modifying', reason: 'Installs the CodeDeploy agent on this machine.' },
  'deploy uninstall': { operation: 'codedeploy:Uninstall', mutation: 'modifying', reason: 'Removes the CodeDeploy agent from this machine.' },
  'configservice subscribe': { operation: 'config:PutDeliveryChannel', mutation: 'additive', reason: 'Starts recording configuration changes.' },
  'configservice get-status': read('config:GetStatus', 'Shows the recorder: changes nothing.'),
};

/** True for a command of the AWS CLI that is no API operation. */
export const isCustom = (service: string, command: string): boolean => command === 'wait' || Object.hasOwn(CUSTOM, `${service} ${command}`);

/** What a hand-made command of the AWS CLI does; undefined when there is none of that name. */
export function detectCustom(service: string, command: string, call: AwsCall): Finding | undefined {
  if (command === 'wait') return finding(call, { operation: `${service}:wait`, mutation: 'none', reason: 'Waits: changes nothing.' });
  if (service === 'cloudformation' && command === 'deploy') return detectDeploy(call);
  if (service === 'configure' && command === 'set') return detectSetting(call);
  const entry = CUSTOM[`${service} ${command}`] ?? CUSTOM[`${service} *`];
  if (entry === undefined) return undefined;
  const words = entry.target === undefined ? [] : (optionWords(call, entry.target[0]) ?? []);
  const targets = entry.target === undefined ? [] : wordTargets(words, entry.target[1], call);
  const made = finding(call, {
    operation: entry.operation,
    mutation: entry.mutation,
    effects: entry.effects ?? [],
    targets,
    reason: entry.reason,
    unknowns: entry.target === undefined ? [] : unknownWords(words, entry.target[0]),
    ...(entry.mutation === 'destructive' && { reversibility: { kind: 'irreversible' } }),
  });
  if (service === 'emr' && command === 'modify-cluster-attributes' && flagState(call, 'termination-protected') === 'off') {
    return {
      ...made,
      mutation: 'destructive',
      effects: ['guard-removal'],
      reversibility: { kind: 'reversible', how: 'Switch it on again with `--termination-protected`.' },
      guardsOff: ['--no-termination-protected'],
      reason: 'Takes the termination protection off the cluster.',
    };
  }
  return made;
}

/**
 * Settings with which every later command runs something else. Sources: botocore/configprovider.py (`data_path`), awscli/clidriver.py
 * (`plugins`), and the AWS SDKs and Tools reference guide, "Process credential provider".
 */
function detectSetting(call: AwsCall): Finding {
  const [name, value] = [...call.positionals, ...call.options.flatMap((o) => o.values)];
  const key = name?.value?.toLowerCase().split('.') ?? [];
  const local = finding(call, { operation: 'cli:configure', mutation: 'modifying', reason: 'Changes the settings of the AWS CLI on this machine.' });
  if (name !== undefined && name.value === undefined) return { ...local, mutation: 'unknown', effects: ['unknown'], unknowns: [`the setting comes from ${name.raw}`] };
  if (key[0] === 'plugins' || key.at(-1) === 'data_path') {
    return { ...local, mutation: 'unknown', effects: ['unknown'], reason: 'Has the AWS CLI load code or operations that are not known here: a later command may do anything.' };
  }
  if (key.at(-1) !== 'credential_process') return local;
  const reason = 'Every later command of the AWS CLI runs this program';
  if (value?.value === undefined) return { ...local, mutation: 'unknown', effects: ['unknown'], reason: `${reason}, which is not known yet.` };
  const worst = call.detect.readers.find('shell', value.value, call.detect).find((f) => f.mutation === 'destructive' || f.mutation === 'unknown');
  return worst === undefined ? { ...local, reason: `${reason}.` } : { ...local, mutation: worst.mutation, effects: worst.effects, reason: `${reason}. ${worst.reason}` };
}

// `deploy` makes a change set and executes it. Source: awscli/customizations/cloudformation/deploy.py.
function detectDeploy(call: AwsCall): Finding {
  const words = optionWords(call, 'stack-name') ?? [];
  const targets = wordTargets(words, 'AWS::CloudFormation::Stack', call);
  const stack = targets[0]?.name ?? 'a stack that is not known yet';
  const common = { targets, unknowns: unknownWords(words, 'stack name') };
  // Only the whole flag keeps the change set from being executed, and nothing that may contradict it.
  if (surelyOn(call, 'no-execute-changeset') && !call.options.some((o) => meansOption(o, 'execute-changeset'))) {
    return finding(call, {
      ...common,
      operation: 'cloudformation:CreateChangeSet',
      mutation: 'additive',
      reason: `Makes a change set for stack ${stack}; nothing changes until it is executed.`,
    });
  }
  return finding(call, {
    ...common,
    operation: 'cloudformation:Deploy',
    mutation: 'modifying',
    effects: ['unknown'],
    previewDecides: true,
    guardsOff: flagState(call, 'disable-rollback') === 'on' ? ['--disable-rollback'] : [],
    reason: `Creates or updates stack ${stack}: only a preview can tell what it replaces or deletes.`,
    saferForm: { title: 'Make the change set without executing it', append: '--no-execute-changeset' },
  });
}
