import { isAlias, isMap, isScalar, parseAllDocuments, visit } from 'yaml';

import { tooDeep } from '../detect/engines/yaml';

/*
 * Which programs a tool's own configuration names. What decides is what the tool reads there, not how it is spelled; several tools
 * read the same file, so what any of them would see counts, and what can't be taken apart may name anything.
 */

/** The words that name programs, as far as they can be told; undefined when the text names none. */
export type Named = readonly string[] | undefined;

/** A text that another reader would decode or split otherwise than it is read here. */
const ODD = /[\0\ufffd]/;

/**
 * Of an AWS configuration or credentials file. Its readers fold the case of keys and take `=` and `:` (Python's configparser, `_read` and
 * `optionxform`; aws-sdk-go-v2, internal/ini) or `=` alone (AWS SDK for JavaScript), and differ in what continues a value. None of them
 * decodes an escape, so each line outside a comment that has the word names a program. Sources also: AWS CLI user guide, "Sourcing
 * credentials with an external process"; [plugins] in awscli/plugin.py.
 */
export function awsPrograms(text: string): Named {
  if (ODD.test(text)) return [];
  const lines = text.split(/\r\n|\r|\n/).filter((line) => !/^[ \t]*[#;]/.test(line));
  const naming = lines.filter((line) => line.toLowerCase().includes('credential_process') || /\[\s*plugins\s*\]/i.test(line));
  // What a plugin's section names stands in the lines behind its header.
  return naming.length === 0 ? undefined : (naming.some((line) => /\[\s*plugins/i.test(line)) ? lines : naming).flatMap(words);
}

/**
 * Of a kubeconfig, read as YAML. A key with a tag of its own or behind an alias, and a line end that YAML 1.1 alone knows (go-yaml
 * reads that one), are read otherwise by others. Sources: Kubernetes documentation, "client-go credential plugins"; client-go,
 * tools/clientcmd/api/v1/types.go (`exec`, `auth-provider` with its `cmd-path`).
 */
export function kubePrograms(text: string): Named {
  if (ODD.test(text) || /[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]/.test(text) || tooDeep(text)) return [];
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent' });
    const found: string[] = [];
    let names = false;
    for (const document of Array.isArray(documents) ? documents : []) {
      if (document.errors.length > 0 || document.warnings.length > 0) return [];
      visit(document, {
        Pair(_, { key, value }) {
          const plain = isScalar(key) && key.tag === undefined && !isAlias(key);
          const empty = isScalar(value) && value.value === null && value.tag === undefined;
          if (!plain || (!empty && /^(?:exec|cmd-path)$/i.test(String(key.value)))) names = true;
        },
        Scalar(_, { value }) {
          if (typeof value === 'string') found.push(value, ...words(value));
        },
      });
      if (document.contents !== null && !isMap(document.contents)) names = true;
    }
    return names ? found : undefined;
  } catch {
    return [];
  }
}

/**
 * Of Terraform's CLI configuration. It is read as HCL 1, whose names may stand in quotes, whatever their case, or as JSON: a name that
 * hides behind an escape or a letter that folds to another counts as any. Sources: Terraform CLI documentation, "CLI Configuration
 * File"; internal/command/cliconfig/cliconfig.go (`providers`, `provisioners`); hashicorp/hcl, hcl/ast/ast.go, `Filter` (EqualFold).
 */
export function terraformPrograms(text: string): Named {
  if (ODD.test(text) || /[\u017f\u212a]/.test(text)) return words(text);
  return /\\|\b(?:dev_overrides|credentials_helper|provider_installation|plugin_cache_dir|providers|provisioners)\b/i.test(text) ? words(text) : undefined;
}

/** Of what is nothing but programs. */
export function anyProgram(text: string): Named {
  return /\S/.test(text) ? words(text) : undefined;
}

/** A name or path in a configuration is no longer than this. */
const LONGEST = 4096;

function words(text: string): string[] {
  return text.split(/[\s"'=:,;!{}[\]()]+/).filter((word) => word !== '' && word.length <= LONGEST);
}
