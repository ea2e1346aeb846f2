import { notKnown } from '../../../model';
import { data, existence, needs, node, type Entry, type Reads } from '../entry';
import { isOn, listAt, numberAt, textAt, textsAt } from '../json';
import { count, some, when } from '../words';
import { dryRunWarnings, EC2, ec2DryRun } from './ec2-dry-run';

/** Volumes, snapshots and images. Source: EC2 API reference. */

const deleteVolume: Entry = {
  source: `${EC2}DeleteVolume.html`, type: 'AWS::EC2::Volume', noun: 'volume',
  stages: [({ target }) => ({
    volume: { args: ['ec2', 'describe-volumes', '--volume-ids', target], what: `size and use of ${target}`, missing: /^InvalidVolume\.NotFound$/, main: true },
  }), ({ target, held }, answers): Reads => (data(answers, 'volume') === undefined ? {} : {
    snapshots: { args: ['ec2', 'describe-snapshots', '--owner-ids', 'self', '--filters', `Name=volume-id,Values=${target}`, '--max-items', '200'], what: `snapshots of ${target}` },
    ...ec2DryRun(held),
  })],
  identity: (answers) => [textAt(data(answers, 'volume'), 'Volumes', 0, 'VolumeId'), textAt(data(answers, 'volume'), 'Volumes', 0, 'CreateTime'), textsAt(data(answers, 'volume'), ['Volumes', 0, 'Attachments'], 'InstanceId')],
  tell({ target, operation }, answers) {
    const one = data(answers, 'volume', 'Volumes', 0);
    const users = textsAt(one, ['Attachments'], 'InstanceId');
    const snapshots = [...listAt(data(answers, 'snapshots'), 'Snapshots')].sort((a, b) => ((textAt(a, 'StartTime') ?? '') < (textAt(b, 'StartTime') ?? '') ? 1 : -1));
    const last = textAt(snapshots[0], 'StartTime');
    const read = answers['snapshots']?.kind === 'data';
    return {
      exists: existence(answers, 'volume', 'Volumes', 0), outcome: 'lost', data: 'lost',
      ...(numberAt(one, 'Size') === undefined ? {} : { size: `${numberAt(one, 'Size')} GiB` }),
      ...(last !== undefined ? { lastBackup: `snapshot ${textAt(snapshots[0], 'SnapshotId') ?? ''} of ${when(last)}` } : read ? { lastBackup: 'none found' } : {}),
      reversibility: last === undefined
        ? { kind: 'irreversible', how: read ? 'There is no way back: no snapshot was found. Make one first: aws ec2 create-snapshot --volume-id ' + target : 'There is no way back unless a snapshot exists.' }
        : { kind: 'irreversible', how: `Only what the snapshot of ${when(last)} holds comes back: aws ec2 create-volume --availability-zone ${textAt(one, 'AvailabilityZone') ?? 'ZONE'} --snapshot-id ${textAt(snapshots[0], 'SnapshotId') ?? 'ID'}` },
      because: one === undefined ? [] : [`It is ${textAt(one, 'State') ?? 'in an unknown state'}${isOn(one, 'Encrypted') ? ', encrypted' : ''}.`],
      also: users.map((id) => node(id, 'AWS::EC2::Instance', 'unchanged', `${target} is attached to it.`)),
      dependencies: users.map((id) => needs(id, target, 'volume', 'attached to it')),
      warnings: [...(users.length === 0 ? [] : [`${target} is attached to ${some(users)}: AWS refuses to delete a volume in use.`]), ...dryRunWarnings(answers, operation.operation)],
    };
  },
};

const deleteSnapshot: Entry = {
  source: `${EC2}DeleteSnapshot.html`, type: 'ec2:snapshot', noun: 'snapshot', stackId: null,
  stages: [({ target }) => ({
    snapshot: { args: ['ec2', 'describe-snapshots', '--snapshot-ids', target], what: `age and source of ${target}`, missing: /^InvalidSnapshot\.NotFound$/, main: true },
  }), ({ target, held }, answers): Reads => (data(answers, 'snapshot') === undefined ? {} : {
    images: { args: ['ec2', 'describe-images', '--owners', 'self', '--filters', `Name=block-device-mapping.snapshot-id,Values=${target}`], what: `images made of ${target}` },
    ...ec2DryRun(held),
  })],
  identity: (answers) => [textAt(data(answers, 'snapshot'), 'Snapshots', 0, 'SnapshotId'), textAt(data(answers, 'snapshot'), 'Snapshots', 0, 'StartTime')],
  tell({ target, operation }, answers) {
    const one = data(answers, 'snapshot', 'Snapshots', 0);
    const images = textsAt(data(answers, 'images'), ['Images'], 'ImageId');
    return {
      exists: existence(answers, 'snapshot', 'Snapshots', 0), outcome: 'lost', data: 'lost',
      // Source: EC2 user guide, "Recover deleted snapshots from the Recycle Bin".
      reversibility: { kind: 'irreversible', how: 'There is no way back unless a Recycle Bin rule keeps it: aws ec2 list-snapshots-in-recycle-bin' },
      ...(numberAt(one, 'VolumeSize') === undefined ? {} : { size: `${numberAt(one, 'VolumeSize')} GiB` }),
      because: one === undefined ? [] : [`It is a snapshot of ${textAt(one, 'VolumeId') ?? 'an unknown volume'} of ${when(textAt(one, 'StartTime') ?? '')}${textAt(one, 'Description') === undefined ? '' : ` (${textAt(one, 'Description')})`}.`],
      also: images.map((id) => node(id, 'ec2:image', 'unchanged', `It is made of ${target}.`)),
      dependencies: images.map((id) => needs(id, target, 'volume', 'its block device is this snapshot')),
      warnings: [...(images.length === 0 ? [] : [`${some(images)} ${images.length === 1 ? 'is' : 'are'} made of ${target}: AWS refuses to delete it.`]), ...dryRunWarnings(answers, operation.operation)],
    };
  },
};

const deregisterImage: Entry = {
  source: `${EC2}DeregisterImage.html`, type: 'ec2:image', noun: 'image', stackId: null,
  stages: [({ target }) => ({
    image: { args: ['ec2', 'describe-images', '--image-ids', target], what: `age of image ${target}`, missing: /^InvalidAMIID/, main: true },
  }), ({ target, held }, answers): Reads => (data(answers, 'image') === undefined ? {} : {
    instances: { args: ['ec2', 'describe-instances', '--filters', `Name=image-id,Values=${target}`, '--max-items', '100'], what: `instances of image ${target}` },
    ...ec2DryRun(held),
  })],
  identity: (answers) => [textAt(data(answers, 'image'), 'Images', 0, 'ImageId'), textAt(data(answers, 'image'), 'Images', 0, 'CreationDate')],
  tell({ target, operation }, answers) {
    const one = data(answers, 'image', 'Images', 0);
    const instances = listAt(data(answers, 'instances'), 'Reservations').flatMap((group) => textsAt(group, ['Instances'], 'InstanceId'));
    return {
      exists: existence(answers, 'image', 'Images', 0), action: 'remove', outcome: 'lost', data: 'lost',
      reversibility: { kind: 'irreversible', how: 'There is no way back unless a Recycle Bin rule keeps it: aws ec2 list-images-in-recycle-bin. Its snapshots stay: a new image can be registered from them.' },
      because: one === undefined ? [] : [`It is ${textAt(one, 'Name') ?? 'without a name'} of ${when(textAt(one, 'CreationDate') ?? '')}.`],
      also: instances.map((id) => node(id, 'AWS::EC2::Instance', 'unchanged', `It was started from ${target}; it goes on running.`)),
      dependencies: instances.map((id) => needs(id, target, 'reference', 'started from this image')),
      warnings: [...(instances.length === 0 ? [] : [`${count(instances.length, 'instance')} run${instances.length === 1 ? 's' : ''} from ${target}: no new one can be started from it.`]), ...dryRunWarnings(answers, operation.operation)],
      unknowns: [notKnown('dependents', target, `Which launch templates and Auto Scaling groups start ${target} was not looked up. Search them for its id before you approve.`)],
    };
  },
};

export const ec2StorageEntries: Readonly<Record<string, Entry>> = {
  'ec2 delete-volume': deleteVolume,
  'ec2 delete-snapshot': deleteSnapshot,
  'ec2 deregister-image': deregisterImage,
};
