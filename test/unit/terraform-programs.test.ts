import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { readHcl } from '../../src/detect/templates/terraform/hcl';
import { programsIn, programsOfRead } from '../../src/preview/terraform/programs';
import { temporary } from '../support/temporary';

describe('what a Terraform plan would execute', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporary('hp-programs-');
  });

  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  };
  const asks = async (files: Readonly<Record<string, string>>, env: Record<string, string> = {}): Promise<readonly string[]> => {
    write(files);
    const { found, unread } = await programsIn({ folder, dataFolder: path.join(folder, '.terraform'), env: { HOME: path.join(folder, 'home'), ...env } });
    return [...found.map((one) => one.text), ...unread.map((file) => `${file} is not read`)];
  };
  const LOCK = (...names: string[]): Record<string, string> => ({ '.terraform.lock.hcl': names.map((n) => `provider "${n}" {\n  version = "1.0.0"\n  hashes = [\n    "h1:AAAA=",\n  ]\n}\n`).join('') });

  const SEEN: Readonly<Record<string, readonly [string, string]>> = {
    'a comment between the words': ['main.tf', 'data /* x */ "external" /* y\n */ "a" {\n}\n'],
    'an escaped label': ['main.tf', 'data "\\u0065xternal" "a" {}\n'],
    'labels without quotes': ['main.tf', 'data external a {}\n'],
    'a check block around it': ['main.tf', 'check "c" {\n  data "external" "a" {}\n  assert {\n condition = true\n error_message = ""\n}\n}\n'],
    'a string before it that only looks like a template': ['main.tf', 'locals { a = "$${" }\ndata "external" "a" {}\n'],
    'quotes in a template in a string': ['main.tf', 'locals { a = "${"}"}" }\ndata "external" "a" {}\n'],
    'a heredoc whose marker has a dash': ['main.tf', 'locals {\n  a = <<EO-T\n { " ${\n"EO-T"}\nEO-T\n}\ndata "external" "a" {}\n'],
    'a comment within an expression': ['main.tf', 'locals { a = 1 /* } */ + 2 }\ndata "external" "a" {}\n'],
    'an escaped key in JSON': ['main.tf.json', '{"data": {"\\u0065xternal": {"a": {}}}}'],
    'arrays of objects in JSON': ['main.tf.json', '[{"data": [{"external": [{"a": [{}]}]}]}]'],
    'a key that stands twice in JSON': ['main.tf.json', '{"data": {"external": {"a": {}}}, "data": {}}'],
    'OpenTofu\'s own ending': ['main.tofu', 'data "external" "a" {}\n'],
  };
  for (const [name, [file, text]] of Object.entries(SEEN)) {
    it(`sees a program behind ${name}`, async () => {
      assert.deepEqual(await asks({ [file]: text }), [`data external in ${file}`]);
    });
  }

  it('sees one in a module that is installed', async () => {
    assert.deepEqual(await asks({ 'main.tf': 'module "m" { source = "x/y/z" }\n', '.terraform/modules/m/a.tf': 'data "external" "a" {}\n', '.terraform/modules/modules.json': '{"Modules":[{"Key":"","Dir":"."},{"Key":"m","Dir":".terraform/modules/m"}]}' }), ['data external in .terraform/modules/m/a.tf']);
  });

  it('asks where a file can\'t be read with certainty', async () => {
    assert.deepEqual(await asks({ 'main.tf': 'data "aws_vpc" "a" {\n' }), ['main.tf is not read']);
    assert.deepEqual(await asks({ 'main.tf': '', 'b.tf.json': '{"data": {' }), ['b.tf.json is not read']);
  });

  it('asks about a provider that is none of the well-known ones, from the lock file, the requirements, or what a type implies', async () => {
    const words = (address: string): string[] => [`the provider ${address}, which is none of the well-known ones`];
    assert.deepEqual(await asks(LOCK('registry.terraform.io/acme/thing', 'registry.terraform.io/hashicorp/aws')), words('acme/thing'));
    assert.deepEqual(await asks({ ...LOCK('example.com/hashicorp/aws') }), words('example.com/hashicorp/aws'));
    assert.deepEqual(await asks({ ...LOCK(), 'main.tf': 'terraform {\n required_providers {\n  t = { source = "Acme/thing" }\n }\n}\nresource "t_a" "b" {}\n' }), words('acme/thing'));
    assert.deepEqual(await asks({ 'main.tf': '', 'main.tf.json': '{"terraform":{"required_providers":{"t":{"source":"acme/thing"}}}}' }), words('acme/thing'));
    assert.deepEqual(await asks({ 'main.tf.json': '{}', ...LOCK('registry.terraform.io/hashicorp/external') }), ['the provider hashicorp/external, which runs programs']);
  });

  it('asks nothing of an ordinary configuration', async () => {
    assert.deepEqual(await asks({
      ...LOCK('registry.terraform.io/hashicorp/aws', 'registry.opentofu.org/hashicorp/google', 'registry.terraform.io/hashicorp/azurerm', 'registry.terraform.io/cloudflare/cloudflare', 'registry.terraform.io/hashicorp/kubernetes'),
      'main.tf': `terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
  backend "s3" { bucket = "state" }
}
provider "aws" { shared_config_files = ["~/.aws/config"] }
provider "kubernetes" {
  config_path = "~/.kube/config"
  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "aws"
    args        = ["eks", "get-token", "--cluster-name", module.eks.cluster_name]
  }
}
provider "helm" {
  kubernetes = {
    host = module.eks.endpoint
    exec = { command = "aws", args = ["--region", local.region, "eks", "get-token"] }
  }
}
data "aws_ami" "a" { most_recent = true }
data "http" "ip" { url = "https://example.com" }
data "terraform_remote_state" "net" {
  backend = "s3"
  config  = { bucket = "b" }
}
resource "aws_lambda_invocation" "a" { input = "external" }
resource "kubernetes_secret" "s" { data = { external = "x" } }
`,
    }), []);
  });

  it('asks about what acts although its provider is known', async () => {
    const ask = async (text: string): Promise<readonly string[]> => asks({ 'main.tf': text });
    assert.deepEqual(await ask('data "http" "a" {\n method = "POST"\n}\n'), ['data http in main.tf']);
    assert.deepEqual(await ask('data "http" "a" {\n method = var.m\n}\n'), ['data http in main.tf']);
    assert.deepEqual(await ask('data "aws_lambda_invocation" "a" {}\n'), ['data aws_lambda_invocation in main.tf']);
    assert.deepEqual(await ask('ephemeral "aws_lambda_invocation" "a" {}\n'), ['ephemeral aws_lambda_invocation in main.tf']);
    assert.deepEqual(await ask('data "local_command" "a" {}\n'), ['data local_command in main.tf']);
    assert.deepEqual(await ask('data "helm_template" "a" {\n postrender { binary_path = "./x" }\n}\n'), ['data helm_template in main.tf']);
    assert.deepEqual(await ask('data "azapi_resource_action" "a" {\n provider = azapi\n action = "powerOff"\n}\nterraform {\n required_providers {\n azapi = { source = "Azure/azapi" }\n}\n}\n'), ['data azapi_resource_action in main.tf']);
  });

  it('asks about the programs that a provider or a backend is told to run', async () => {
    const exec = (text: string): Promise<readonly string[]> => asks({ 'main.tf': text });
    assert.deepEqual(await exec('provider "kubernetes" {\n exec {\n command = "./x"\n}\n}\n'), ['exec ./x (provider kubernetes in main.tf)']);
    assert.deepEqual(await exec('provider "kubernetes" {\n exec {\n command = "aws"\n args = ["ssm", "send-command"]\n}\n}\n'), ['exec aws (provider kubernetes in main.tf)']);
    assert.deepEqual(await exec('provider "kubernetes" {\n dynamic "exec" {\n for_each = [1]\n content {\n command = "./x"\n}\n}\n}\n'), ['exec ./x (provider kubernetes in main.tf)']);
    assert.deepEqual(await exec('provider "helm" {\n kubernetes = { "exec" : { command = "./x" } }\n}\n'), ['exec ./x (provider helm in main.tf)']);
    assert.deepEqual(await exec('terraform {\n backend "kubernetes" {\n exec {\n command = "./x"\n}\n}\n}\n'), ['exec ./x (backend kubernetes in main.tf)']);
    write({ 'kube.yaml': 'users:\n- user:\n    exec:\n      command: ./x\n', 'aws.ini': '[default]\ncredential_process = ./x\n', 'plain.yaml': 'users: []\n' });
    assert.deepEqual(await exec('provider "kubernetes" {\n config_path = "${path.module}/kube.yaml"\n}\n'), ['what "${path.module}/kube.yaml" names (provider kubernetes in main.tf)']);
    assert.deepEqual(await exec('provider "kubernetes" {\n config_path = "./plain.yaml"\n}\n'), []);
    assert.deepEqual(await exec('provider "aws" {\n shared_config_files = ["./aws.ini"]\n}\n'), ['what ["./aws.ini"] names (provider aws in main.tf)']);
  });

  it('asks about a run elsewhere, encryption by a program, builds without a lock, and providers that run already', async () => {
    assert.deepEqual(await asks({ 'main.tf': 'terraform {\n cloud {\n organization = "acme"\n}\n}\n' }), ['a run in HCP Terraform or what stands for it (main.tf)']);
    assert.deepEqual(await asks({ 'main.tf': 'terraform {\n backend "remote" {}\n}\n' }), ['a run in HCP Terraform or what stands for it (main.tf)']);
    assert.deepEqual(await asks({ 'main.tf': 'terraform {\n encryption {\n key_provider "external" "k" {\n command = ["./x"]\n}\n}\n}\n' }), ['an external encryption program (main.tf)']);
    write({ 'main.tf': '', 'cli.tfrc': 'provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = "/tmp/x"\n  }\n  direct {}\n}\n', 'mirror.tfrc': '# dev_overrides\nprovider_installation {\n  filesystem_mirror {\n    path = "/opt"\n  }\n}\n' });
    assert.deepEqual(await asks({}, { TF_CLI_CONFIG_FILE: path.join(folder, 'cli.tfrc') }), ['builds of providers that no lock file covers (dev_overrides)']);
    assert.deepEqual(await asks({}, { TF_CLI_CONFIG_FILE: path.join(folder, 'mirror.tfrc') }), []);
    assert.deepEqual(await asks({}, { TF_REATTACH_PROVIDERS: '{"hashicorp/aws":{}}' }), ['providers that already run elsewhere (TF_REATTACH_PROVIDERS)']);
  });

  it('asks before a state or a saved plan is read, where that starts an unknown provider', async () => {
    write({ ...LOCK('registry.terraform.io/acme/thing', 'registry.terraform.io/hashicorp/external'), 'main.tf': 'data "external" "a" {}\n' });
    assert.deepEqual((await programsOfRead({ folder, dataFolder: path.join(folder, '.terraform'), env: {} })).map((one) => [one.kind, one.text]), [['provider', 'the provider acme/thing, which is none of the well-known ones']]);
  });

  it('reads valid HCL whole, and says where it does not', () => {
    assert.equal(readHcl('a = <<-EOT\n  x ${ { "a" = "}" }["a"] } "\n  EOT\nb = [for x in y : "${x}"]\n').unread, false);
    for (const bad of ['a = "x\n', 'b {\n', 'c "d" e\n', '}\n', 'a = <<EOT\nx\n', '/* x']) assert.equal(readHcl(bad).unread, true, bad);
  });
});
