/** Images whose entry point is a guarded tool. Source: the images' own pages (ENTRYPOINT). */
export const IMAGES: ReadonlyMap<string, string> = new Map([['aws-cli', 'aws'], ['terraform', 'terraform'], ['opentofu', 'tofu'], ['kubectl', 'kubectl'], ['helm', 'helm'], ['eksctl', 'eksctl'], ['pulumi', 'pulumi'], ['doctl', 'doctl'], ['rclone', 'rclone'], ['restic', 'restic'], ['packer', 'packer'], ['vault', 'vault'], ['flyway', 'flyway'], ['liquibase', 'liquibase'], ['aws-nuke', 'aws-nuke'], ['cloud-nuke', 'cloud-nuke']]);

/** The last part of an image's name, without its tag. */
export const imageName = (image: string): string => (image.split('/').at(-1) ?? '').replace(/[:@].*$/, '');
