import type { AffectedResource, Outcome } from '../../../model';
import { data, existence, needs, node, type Answers, type Entry, type Reads } from '../entry';
import { at, listAt, textAt, textsAt } from '../json';
import type { Read } from '../reader';
import { count, some } from '../words';
import { dryRunWarnings, EC2, ec2DryRun } from './ec2-dry-run';

/** Networks: who uses a group, a subnet, an address or a route. Source: EC2 API reference. */

const interfaces = (filter: string, target: string): Read => ({ args: ['ec2', 'describe-network-interfaces', '--filters', `Name=${filter},Values=${target}`, '--max-items', '200'], what: `network interfaces that use ${target}` });

/** The things behind the network interfaces: an instance where there is one, otherwise what its description says. */
function usersOf(answers: Answers, target: string, outcome: Outcome): AffectedResource[] {
  return listAt(data(answers, 'interfaces'), 'NetworkInterfaces').flatMap((one) => {
    const id = textAt(one, 'NetworkInterfaceId');
    const instance = textAt(one, 'Attachment', 'InstanceId');
    if (id === undefined) return [];
    const about = textAt(one, 'Description');
    return [instance === undefined
      ? node(id, 'AWS::EC2::NetworkInterface', outcome, `It uses ${target}${about === undefined ? '' : ` (${about})`}.`)
      : node(instance, 'AWS::EC2::Instance', outcome, `Its network interface ${id} uses ${target}.`, { data: 'kept' })];
  });
}

/** One table row of a thing in a network: how it is read, who is asked for, and what is said. */
interface Part {
  readonly api: string;
  readonly type: string;
  readonly noun: string;
  /** The list in the main answer. */
  readonly list: string;
  readonly main: (target: string) => Read;
  readonly users: (target: string, answers: Answers) => Reads;
  /** Which of its members tell what it is. */
  readonly identity: readonly string[];
  readonly because: (one: unknown) => readonly string[];
  readonly refused?: (n: number, names: string) => string;
  readonly outcome: Outcome;
  readonly usersBecome: Outcome;
  readonly way: string;
  readonly kind: 'security-group' | 'network';
  readonly option: readonly [string, string];
  /** The member that is its id for CloudFormation, where the command may name it otherwise; null where it is about a part of it. */
  readonly stackMember?: string | null;
}

function entryOf(part: Part): Entry {
  return {
    source: `${EC2}${part.api}.html`, type: part.type, noun: part.noun,
    targets: (held, operation) => {
      const named = held.list(part.option[0], part.option[1]);
      return named.length > 0 ? named : operation.targets.flatMap((target) => (target.known ? (target.name ?? []) : []));
    },
    stages: [({ target }) => ({ main: part.main(target) }), ({ target, held }, answers) => (data(answers, 'main', part.list, 0) === undefined ? {} : { ...part.users(target, answers), ...ec2DryRun(held) })],
    ...(part.stackMember === undefined ? {} : part.stackMember === null ? { stackId: null } : { stackId: (_look, answers) => textAt(data(answers, 'main', part.list, 0), part.stackMember ?? '') }),
    identity: (answers) => part.identity.map((member) => at(data(answers, 'main'), part.list, 0, member) ?? null),
    tell({ target, operation }, answers) {
      const one = data(answers, 'main', part.list, 0);
      const referring = listAt(data(answers, 'groups'), 'SecurityGroups').flatMap((group) => {
        const id = textAt(group, 'GroupId');
        return id === undefined || id === target ? [] : [node(id, 'AWS::EC2::SecurityGroup', part.usersBecome, `One of its rules names ${target}.`)];
      });
      const tables = listAt(data(answers, 'tables'), 'RouteTables').flatMap((table) => {
        const id = textAt(table, 'RouteTableId');
        return id === undefined ? [] : [node(id, 'AWS::EC2::RouteTable', 'interrupted', `It sends traffic to ${target}.`)];
      });
      const subnets = textsAt(data(answers, 'subnets'), ['Subnets'], 'SubnetId').map((id) => node(id, 'AWS::EC2::Subnet', part.usersBecome, `It is in ${target}.`));
      const associated = textsAt(one, ['Associations'], 'SubnetId').map((id) => node(id, 'AWS::EC2::Subnet', 'interrupted', `It routes by ${target}.`));
      const users = [...usersOf(answers, target, part.usersBecome), ...referring, ...tables, ...subnets, ...associated];
      const blocking = users.filter((user) => user.type !== 'AWS::EC2::RouteTable');
      return {
        exists: existence(answers, 'main', part.list, 0), outcome: part.outcome, action: part.outcome === 'modified' ? 'modify' : 'remove', data: 'none', reversibility: { kind: 'recoverable', how: part.way },
        because: one === undefined ? [] : part.because(one), also: users,
        dependencies: users.map((user) => needs(user.id, target, part.kind, user.because[0] ?? 'uses it')),
        warnings: [...(part.refused !== undefined && blocking.length > 0 ? [part.refused(blocking.length, some(blocking.map((user) => user.id)))] : []), ...dryRunWarnings(answers, operation.operation)],
      };
    },
  };
}

const group = (api: string, outcome: Outcome, usersBecome: Outcome, way: string, refused?: Part['refused']): Entry => entryOf({
  api, type: 'AWS::EC2::SecurityGroup', noun: 'security group', list: 'SecurityGroups', outcome, usersBecome, way, kind: 'security-group', option: ['group-id', 'GroupId'], stackMember: 'GroupId',
  ...(refused === undefined ? {} : { refused }),
  main: (target) => ({ args: ['ec2', 'describe-security-groups', ...(target.startsWith('sg-') ? ['--group-ids', target] : ['--filters', `Name=group-name,Values=${target}`])], what: `rules of ${target}`, missing: /^InvalidGroup(?:Id)?\./, main: true }),
  users: (target, answers) => {
    const id = textAt(data(answers, 'main', 'SecurityGroups', 0), 'GroupId') ?? target;
    return { interfaces: interfaces('group-id', id), groups: { args: ['ec2', 'describe-security-groups', '--filters', `Name=ip-permission.group-id,Values=${id}`], what: `security groups that name ${target}` } };
  },
  // The rules belong to it: what is approved is a change of these.
  identity: ['GroupId', 'IpPermissions', 'IpPermissionsEgress'],
  because: (one) => [`It is ${textAt(one, 'GroupName') ?? 'without a name'} in ${textAt(one, 'VpcId') ?? 'no VPC'}, with ${count(listAt(one, 'IpPermissions').length, 'rule')} in and ${listAt(one, 'IpPermissionsEgress').length} out.`],
});

export const ec2NetworkEntries: Readonly<Record<string, Entry>> = {
  'ec2 delete-security-group': group('DeleteSecurityGroup', 'lost', 'unchanged', 'Make a group with the same rules; it gets another id.', (_n, names) => `${names} use it: AWS refuses to delete a group in use.`),
  'ec2 revoke-security-group-ingress': group('RevokeSecurityGroupIngress', 'modified', 'interrupted', 'Authorize the same rule again: aws ec2 authorize-security-group-ingress with the same words.'),
  'ec2 revoke-security-group-egress': group('RevokeSecurityGroupEgress', 'modified', 'interrupted', 'Authorize the same rule again: aws ec2 authorize-security-group-egress with the same words.'),
  'ec2 authorize-security-group-ingress': group('AuthorizeSecurityGroupIngress', 'modified', 'modified', 'Revoke the rule: aws ec2 revoke-security-group-ingress with the same words.'),
  'ec2 delete-vpc': entryOf({
    api: 'DeleteVpc', type: 'AWS::EC2::VPC', noun: 'VPC', list: 'Vpcs', outcome: 'lost', usersBecome: 'unchanged', way: 'Make a VPC with the same range; it gets another id.', kind: 'network', option: ['vpc-id', 'VpcId'],
    main: (target) => ({ args: ['ec2', 'describe-vpcs', '--vpc-ids', target], what: `range of ${target}`, missing: /^InvalidVpcID/, main: true }),
    users: (target) => ({ interfaces: interfaces('vpc-id', target), subnets: { args: ['ec2', 'describe-subnets', '--filters', `Name=vpc-id,Values=${target}`], what: `subnets of ${target}` } }),
    identity: ['VpcId', 'CidrBlock', 'IsDefault'], because: (one) => [`Its range is ${textAt(one, 'CidrBlock') ?? 'unknown'}${at(one, 'IsDefault') === true ? ', and it is the default VPC' : ''}.`],
    refused: (_n, names) => `${names} are still in it: AWS refuses to delete a VPC that is not empty.`,
  }),
  'ec2 delete-subnet': entryOf({
    api: 'DeleteSubnet', type: 'AWS::EC2::Subnet', noun: 'subnet', list: 'Subnets', outcome: 'lost', usersBecome: 'unchanged', way: 'Make a subnet with the same range; it gets another id.', kind: 'network', option: ['subnet-id', 'SubnetId'],
    main: (target) => ({ args: ['ec2', 'describe-subnets', '--subnet-ids', target], what: `range of ${target}`, missing: /^InvalidSubnetID/, main: true }),
    users: (target) => ({ interfaces: interfaces('subnet-id', target) }),
    identity: ['SubnetId', 'CidrBlock', 'VpcId'], because: (one) => [`Its range is ${textAt(one, 'CidrBlock') ?? 'unknown'} in ${textAt(one, 'AvailabilityZone') ?? 'an unknown zone'}.`],
    refused: (_n, names) => `${names} are still in it: AWS refuses to delete a subnet in use.`,
  }),
  'ec2 delete-nat-gateway': entryOf({
    api: 'DeleteNatGateway', type: 'AWS::EC2::NatGateway', noun: 'NAT gateway', list: 'NatGateways', outcome: 'lost', usersBecome: 'interrupted', way: 'Make another NAT gateway and correct the routes; it gets another id.', kind: 'network', option: ['nat-gateway-id', 'NatGatewayId'],
    main: (target) => ({ args: ['ec2', 'describe-nat-gateways', '--nat-gateway-ids', target], what: `state of ${target}`, missing: /^NatGatewayNotFound|^InvalidNatGatewayID/, main: true }),
    users: (target) => ({ tables: { args: ['ec2', 'describe-route-tables', '--filters', `Name=route.nat-gateway-id,Values=${target}`], what: `routes through ${target}` } }),
    identity: ['NatGatewayId', 'CreateTime', 'State'], because: (one) => [`It is ${textAt(one, 'State') ?? 'in an unknown state'} in ${textAt(one, 'SubnetId') ?? 'an unknown subnet'}.`],
  }),
  'ec2 delete-route': entryOf({
    api: 'DeleteRoute', type: 'AWS::EC2::RouteTable', noun: 'route table', list: 'RouteTables', outcome: 'modified', usersBecome: 'interrupted', way: 'Make the route again: aws ec2 create-route with the same destination and target.', kind: 'network', option: ['route-table-id', 'RouteTableId'], stackMember: null,
    main: (target) => ({ args: ['ec2', 'describe-route-tables', '--route-table-ids', target], what: `routes of ${target}`, missing: /^InvalidRouteTableID/, main: true }), users: () => ({}),
    identity: ['RouteTableId', 'Routes'], because: (one) => [`Its routes now: ${some(listAt(one, 'Routes').map((route) => `${textAt(route, 'DestinationCidrBlock') ?? textAt(route, 'DestinationIpv6CidrBlock') ?? textAt(route, 'DestinationPrefixListId') ?? '?'} to ${textAt(route, 'GatewayId') ?? textAt(route, 'NatGatewayId') ?? textAt(route, 'TransitGatewayId') ?? textAt(route, 'NetworkInterfaceId') ?? 'elsewhere'}`), 8)}.`],
  }),
  'ec2 release-address': entryOf({
    api: 'ReleaseAddress', type: 'AWS::EC2::EIP', noun: 'Elastic IP address', list: 'Addresses', outcome: 'lost', usersBecome: 'interrupted', kind: 'network', option: ['allocation-id', 'AllocationId'], stackMember: 'PublicIp',
    // Source: ReleaseAddress, EC2 API reference, and AllocateAddress: an address may be recovered while nobody else has it.
    way: 'Only while nobody else got it: aws ec2 allocate-address --address ADDRESS',
    main: (target) => ({ args: ['ec2', 'describe-addresses', ...(target.startsWith('eipalloc-') ? ['--allocation-ids', target] : ['--public-ips', target])], what: `use of ${target}`, missing: /^InvalidA(?:llocationID|ddress)/, main: true }), users: () => ({}),
    identity: ['AllocationId', 'PublicIp', 'AssociationId', 'InstanceId'], because: (one) => [`It is ${textAt(one, 'PublicIp') ?? 'unknown'}${textAt(one, 'InstanceId') === undefined ? textAt(one, 'AssociationId') === undefined ? ', in use by nothing' : `, used by ${textAt(one, 'NetworkInterfaceId') ?? 'an interface'}` : `, used by ${textAt(one, 'InstanceId')}`}.`],
  }),
};
