import { notKnown, type AffectedResource, type Dependency } from '../../../model';
import { data, existence, needs, node, type Answers, type Entry, type Look, type Reads, type Told } from '../entry';
import { at, isOn, listAt, numberAt, textAt, textsAt } from '../json';
import { shortName, some, when } from '../words';
import { dryRunWarnings, EC2, ec2DryRun } from './ec2-dry-run';

/** Instances: their volumes, addresses, target groups, Auto Scaling group and role. */

/** Target groups whose health is asked one by one. */
const MAX_GROUPS = 8;

const instanceOf = (answers: Answers): unknown => data(answers, 'instance', 'Reservations', 0, 'Instances', 0);

const volumesOf = (instance: unknown): readonly { readonly id: string; readonly deleted: boolean; readonly device: string }[] =>
  listAt(instance, 'BlockDeviceMappings').flatMap((one) => {
    const id = textAt(one, 'Ebs', 'VolumeId');
    return id === undefined ? [] : [{ id, deleted: isOn(one, 'Ebs', 'DeleteOnTermination'), device: textAt(one, 'DeviceName') ?? '' }];
  });

function stages(attribute: 'disableApiTermination' | 'disableApiStop' | undefined): Entry['stages'] {
  return [
    ({ target }): Reads => ({
      instance: { args: ['ec2', 'describe-instances', '--instance-ids', target], what: `state and use of ${target}`, missing: /^InvalidInstanceID/, main: true },
      ...(attribute === undefined ? {} : { guard: { args: ['ec2', 'describe-instance-attribute', '--instance-id', target, '--attribute', attribute], what: `protection of ${target}`, missing: /^InvalidInstanceID/ } }),
    }),
    ({ target, held }, answers): Reads => {
      const instance = instanceOf(answers);
      if (instance === undefined) return {};
      const volumes = volumesOf(instance).map((one) => one.id);
      return {
        ...ec2DryRun(held),
        ...(volumes.length === 0 || attribute !== 'disableApiTermination' ? {} : {
          volumes: { args: ['ec2', 'describe-volumes', '--volume-ids', ...volumes], what: `volumes of ${target}` },
          snapshots: { args: ['ec2', 'describe-snapshots', '--owner-ids', 'self', '--filters', `Name=volume-id,Values=${volumes.join(',')}`, '--max-items', '200'], what: `snapshots of the volumes of ${target}` },
        }),
        addresses: { args: ['ec2', 'describe-addresses', '--filters', `Name=instance-id,Values=${target}`], what: `Elastic IP addresses of ${target}` },
        scaling: { args: ['autoscaling', 'describe-auto-scaling-instances', '--instance-ids', target], what: `Auto Scaling group of ${target}` },
        groups: { args: ['elbv2', 'describe-target-groups', '--max-items', '100'], what: 'target groups of load balancers' },
      };
    },
    ({ target }, answers): Reads => Object.fromEntries(groupsOf(answers).slice(0, MAX_GROUPS).map((arn) => [
      `health ${arn}`, { args: ['elbv2', 'describe-target-health', '--target-group-arn', arn, '--targets', `Id=${target}`], what: `whether ${target} serves target group ${shortName(arn.replace(/\/[^/]*$/, ''))}`, missing: /^InvalidTarget|^TargetGroupNotFound/ },
    ])),
  ];
}

/** Target groups that could have the instance: by instance, in its network. */
function groupsOf(answers: Answers): string[] {
  const network = textAt(instanceOf(answers), 'VpcId');
  return listAt(data(answers, 'groups'), 'TargetGroups').flatMap((one) => (textAt(one, 'TargetType') !== 'ip' && textAt(one, 'TargetType') !== 'lambda' && (network === undefined || textAt(one, 'VpcId') === network) ? (textAt(one, 'TargetGroupArn') ?? []) : []));
}

function serving(answers: Answers, target: string): { readonly arn: string; readonly state: string }[] {
  return groupsOf(answers).flatMap((arn) => {
    const one = listAt(data(answers, `health ${arn}`), 'TargetHealthDescriptions').find((row) => textAt(row, 'Target', 'Id') === target);
    const state = textAt(one, 'TargetHealth', 'State');
    // Not registered there: it answers `unused` with this reason. Source: ELBv2 API reference, TargetHealth.
    return state === undefined || textAt(one, 'TargetHealth', 'Reason') === 'Target.NotRegistered' ? [] : [{ arn, state }];
  });
}

/** What holds whether it is stopped, rebooted or terminated. */
function tellInstance({ target }: Look, answers: Answers, verb: string): Told {
  const instance = instanceOf(answers);
  const state = textAt(instance, 'State', 'Name');
  const name = listAt(instance, 'Tags').find((tag) => textAt(tag, 'Key') === 'Name');
  const profile = textAt(instance, 'IamInstanceProfile', 'Arn');
  const groups = textsAt(instance, ['SecurityGroups'], 'GroupId');
  const scaling = textAt(data(answers, 'scaling'), 'AutoScalingInstances', 0, 'AutoScalingGroupName');
  const targets = serving(answers, target);
  const addresses = listAt(data(answers, 'addresses'), 'Addresses').flatMap((one) => {
    const id = textAt(one, 'AllocationId') ?? textAt(one, 'PublicIp');
    return id === undefined ? [] : [{ id, ip: textAt(one, 'PublicIp') ?? id }];
  });
  const also: AffectedResource[] = [
    ...targets.map(({ arn, state: health }) => node(arn, 'AWS::ElasticLoadBalancingV2::TargetGroup', 'interrupted', `${target} serves in it (${health}).`)),
    ...addresses.map(({ id, ip }) => node(id, 'AWS::EC2::EIP', 'unchanged', `${ip} points to ${target}; the address stays yours and costs until it is released.`)),
    ...(scaling === undefined ? [] : [node(scaling, 'AWS::AutoScaling::AutoScalingGroup', 'interrupted', `${target} is one of its instances: the group starts another one in its place.`)]),
    ...groups.map((group) => node(group, 'AWS::EC2::SecurityGroup', 'unchanged', `It guards ${target}.`)),
    ...(profile === undefined ? [] : [node(shortName(profile), 'AWS::IAM::InstanceProfile', 'unchanged', `${target} runs with it.`)]),
  ];
  const dependencies: Dependency[] = [
    ...targets.map(({ arn }) => needs(arn, target, 'target-group', 'sends traffic to it')),
    ...addresses.map(({ id }) => needs(id, target, 'network', 'Elastic IP address of it')),
    ...(scaling === undefined ? [] : [needs(scaling, target, 'owner', 'instance of the group')]),
    ...groups.map((group) => needs(target, group, 'security-group', 'security group of it')),
    ...(profile === undefined ? [] : [needs(target, shortName(profile), 'iam-role', 'instance profile')]),
  ];
  const more = groupsOf(answers).length - MAX_GROUPS;
  return {
    exists: existence(answers, 'instance', 'Reservations', 0, 'Instances', 0) === true ? state !== 'terminated' : existence(answers, 'instance', 'Reservations', 0, 'Instances', 0),
    downtime: { interrupted: state === 'running' ? 'yes' : state === undefined ? 'unknown' : 'no' }, also, dependencies,
    because: instance === undefined ? [] : [
      `It is ${textAt(name, 'Value') === undefined ? '' : `${textAt(name, 'Value')}, `}${textAt(instance, 'InstanceType') ?? 'of unknown type'}, ${state ?? 'state unknown'}${textAt(instance, 'LaunchTime') === undefined ? '' : ` since ${when(textAt(instance, 'LaunchTime') ?? '')}`}.`,
      ...(textAt(instance, 'PrivateIpAddress') === undefined ? [] : [`Its private address is ${textAt(instance, 'PrivateIpAddress')}${textAt(instance, 'PublicIpAddress') === undefined ? '' : `, its public one ${textAt(instance, 'PublicIpAddress')}`}.`]),
    ],
    warnings: scaling === undefined ? [] : [`${target} belongs to Auto Scaling group ${scaling}: what is ${verb} here is replaced by a new instance.`],
    unknowns: more > 0 ? [notKnown('dependents', target, `Whether ${target} serves one of ${more} further target groups was not looked up. Look at them in the console.`)] : [],
  };
}

function identity(answers: Answers): unknown {
  const instance = instanceOf(answers);
  return [textAt(instance, 'InstanceId'), textAt(instance, 'LaunchTime'), textAt(instance, 'ImageId'), at(data(answers, 'guard'), 'DisableApiTermination', 'Value'), at(data(answers, 'guard'), 'DisableApiStop', 'Value'), volumesOf(instance)];
}

const terminate: Entry = {
  source: `${EC2}TerminateInstances.html`, type: 'AWS::EC2::Instance', noun: 'instance', stages: stages('disableApiTermination'), identity,
  tell(look, answers) {
    const { target } = look;
    const told = tellInstance(look, answers, 'terminated');
    const instance = instanceOf(answers);
    const sizes = new Map(listAt(data(answers, 'volumes'), 'Volumes').map((one) => [textAt(one, 'VolumeId') ?? '', numberAt(one, 'Size')]));
    const snapshots = listAt(data(answers, 'snapshots'), 'Snapshots');
    const read = answers['snapshots']?.kind === 'data';
    const newest = (volume: string): string | undefined => snapshots.filter((one) => textAt(one, 'VolumeId') === volume).map((one) => textAt(one, 'StartTime') ?? '').sort().pop();
    const volumes = volumesOf(instance).map(({ id, deleted, device }): AffectedResource => {
      const size = sizes.get(id);
      const last = newest(id);
      const source = snapshots.find((one) => textAt(one, 'VolumeId') === id && textAt(one, 'StartTime') === last);
      return {
        id, logicalId: id, physicalId: id, type: 'AWS::EC2::Volume', action: deleted ? 'remove' : 'none', replacement: 'no', outcome: deleted ? 'lost' : 'retained', data: deleted ? 'lost' : 'orphaned',
        ...(size === undefined ? {} : { size: `${size} GiB` }),
        ...(last !== undefined ? { lastBackup: `snapshot of ${when(last)}` } : read ? { lastBackup: 'none found' } : {}),
        reversibility: !deleted ? { kind: 'reversible', how: 'It stays; attach it to another instance.' }
          : last === undefined ? { kind: 'irreversible', how: read ? 'There is no way back: no snapshot was found.' : 'There is no way back unless a snapshot exists.' }
            : { kind: 'irreversible', how: `Only what its last snapshot of ${when(last)} holds comes back: aws ec2 create-volume --availability-zone ${textAt(instance, 'Placement', 'AvailabilityZone') ?? 'ZONE'} --snapshot-id ${textAt(source, 'SnapshotId') ?? 'ID'}` },
        because: [`${device}: DeleteOnTermination is ${deleted ? 'on, so it is deleted with the instance' : 'off, so it stays and costs'}.`],
      };
    });
    const lost = volumes.filter((one) => one.outcome === 'lost');
    const store = textAt(instance, 'RootDeviceType') === 'instance-store';
    return {
      ...told, action: 'remove', outcome: 'lost',
      ...(instance === undefined ? {} : { data: lost.length > 0 || store ? 'lost' as const : 'none' as const }),
      reversibility: { kind: 'irreversible', how: `A terminated instance does not come back. Start a new one from its image (${textAt(instance, 'ImageId') ?? 'unknown'}) and its volumes' snapshots.` },
      because: [...(told.because ?? []), ...(volumes.length === 0 ? [] : [`${lost.length} of its ${volumes.length} volumes would be deleted with it${lost.length === 0 ? '' : `: ${some(lost.map((one) => one.id))}`}.`])],
      also: [...volumes, ...(told.also ?? [])],
      dependencies: [...volumes.map((one) => needs(one.id, target, 'volume', 'attached to it')), ...(told.dependencies ?? [])],
      warnings: [
        ...(isOn(data(answers, 'guard'), 'DisableApiTermination', 'Value') ? [`Termination protection of ${target} is on: AWS refuses this call.`] : []),
        ...dryRunWarnings(answers, look.operation.operation), ...(told.warnings ?? []),
      ],
    };
  },
};

function interrupt(operation: string, attribute: 'disableApiStop' | undefined, sentence: string, back: string): Entry {
  return {
    source: `${EC2}${operation}.html`, type: 'AWS::EC2::Instance', noun: 'instance', stages: stages(attribute), identity, stackId: null,
    tell(look, answers) {
      const told = tellInstance(look, answers, operation === 'StopInstances' ? 'stopped' : 'restarted');
      const store = listAt(instanceOf(answers), 'BlockDeviceMappings').length === 0 && instanceOf(answers) !== undefined;
      return {
        ...told, action: 'modify', outcome: 'interrupted', data: store ? 'unknown' : 'kept', reversibility: { kind: 'reversible', how: back },
        because: [...(told.because ?? []), sentence],
        warnings: [
          ...(attribute !== undefined && isOn(data(answers, 'guard'), 'DisableApiStop', 'Value') ? [`Stop protection of ${look.target} is on: AWS refuses this call.`] : []),
          ...dryRunWarnings(answers, look.operation.operation),
          // A reboot is no reason for Auto Scaling to act.
          ...(operation === 'StopInstances' ? told.warnings ?? [] : []),
        ],
      };
    },
  };
}

export const ec2InstanceEntries: Readonly<Record<string, Entry>> = {
  'ec2 terminate-instances': terminate,
  'ec2 stop-instances': interrupt('StopInstances', 'disableApiStop', 'It stops; volumes stay, what is on instance store volumes is lost, and a public address that is no Elastic IP changes.', 'aws ec2 start-instances --instance-ids ID'),
  'ec2 reboot-instances': interrupt('RebootInstances', undefined, 'It does not answer while it restarts.', 'It comes back by itself.'),
};
