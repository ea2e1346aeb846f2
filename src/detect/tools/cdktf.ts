import { commandTool } from './cli/command-tool';

/** CDK for Terraform. */
export const cdktf = commandTool({
  names: ['cdktf'], provider: 'cdktf', source: 'CDK for Terraform documentation, "CLI Commands"',
  valued: `--app -a --output -o --var --var-file --parallelism --terraform-parallelism --outputs-file --language -l --template
    --log-level --project-name --project-description --cdktf-version --dist --migrate-state`,
  flags: '--auto-approve --ignore-missing-stack-dependencies --skip-synth --refresh-only --no-color', guards: '--auto-approve',
  where: { workspace: 'TF_WORKSPACE' },
  commands: `
    synth,diff,plan,list,output,debug,version,convert,get | read
    provider list                                         | read
    init,login                                            | add
    provider add,upgrade                                  | add
    deploy,apply,watch                                    | plan
    destroy                                               | destroy data-loss,outage | irreversible
      # Every resource of these stacks is deleted.
  `,
  otherwise: 'unknown',
});
