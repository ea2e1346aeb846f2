import type { Entry } from './entry';
import type { Held } from './held';
import { dynamodbEntries } from './recipes/dynamodb';
import { ec2InstanceEntries } from './recipes/ec2-instances';
import { ec2NetworkEntries } from './recipes/ec2-network';
import { ec2StorageEntries } from './recipes/ec2-storage';
import { iamEntries } from './recipes/iam';
import { kmsEntries } from './recipes/kms';
import { messagingEntries } from './recipes/messaging';
import { rdsEntries } from './recipes/rds';
import { route53Entries } from './recipes/route53';
import { s3Entries } from './recipes/s3';
import { serviceEntries } from './recipes/services';
import { storeEntries } from './recipes/stores';

/** All operations with reads of their own, by their words on the command line. */
export const ENTRIES: Readonly<Record<string, Entry>> = {
  ...rdsEntries, ...dynamodbEntries, ...s3Entries, ...ec2InstanceEntries, ...ec2StorageEntries, ...ec2NetworkEntries, ...kmsEntries, ...iamEntries,
  ...route53Entries, ...messagingEntries, ...storeEntries, ...serviceEntries,
};

/** The entry of a held command; undefined when only the operation table speaks about it. */
export function entryFor(held: Held): Entry | undefined {
  const name = `${held.service} ${held.command}`;
  return Object.hasOwn(ENTRIES, name) ? ENTRIES[name] : undefined;
}
