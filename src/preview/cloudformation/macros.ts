import { notKnown, type Unknown } from '../../model';
import { resolveTemplate } from '../../detect/templates/cloudformation/resolve';
import { readTemplate } from '../../detect/templates/cloudformation';
import { PreviewError } from '../failure';
import type { TemplateInput } from './command';
import type { Connection } from './connection';

/** The one transform that runs nobody's code and fetches nothing: intrinsic functions only. Source: AWS::LanguageExtensions, template reference. */
const HARMLESS = new Set(['AWS::LanguageExtensions']);

/**
 * The macros and transforms that making a change set would run: they can call a Lambda function or fetch from S3, so they
 * are asked about first. Looks at the text and asks CloudFormation what the template declares; that runs nothing.
 * @param text the template's text where it is known.
 */
export async function macrosOf(connection: Connection, template: TemplateInput, text: string | undefined, stackId: string): Promise<{ readonly macros: readonly string[]; readonly unknowns: readonly Unknown[] }> {
  const unknowns: Unknown[] = [];
  const declared: string[] = [];
  // A template over the limit for inline text is judged by its text alone.
  if (template.kind !== 'text') {
    const source = template.kind === 'url' ? { TemplateURL: template.url } : { StackName: stackId };
    declared.push(...(await declaredTransforms(connection, source)));
  }
  if (text !== undefined) {
    const read = readTemplate(text);
    if (read.ok) {
      declared.push(...resolveTemplate(read.template, new Map(), {}).transforms);
      for (const url of nestedUrls(read.template)) {
        try {
          declared.push(...(await declaredTransforms(connection, { TemplateURL: url })));
        } catch (error) {
          if (!(error instanceof PreviewError) || error.failure.kind === 'cancelled') throw error;
          unknowns.push(notKnown('input', url.replace(/\?.*$/, ''), `Whether the nested template ${url.replace(/\?.*$/, '')} has macros could not be read: ${error.message}`));
        }
      }
    }
  }
  return { macros: [...new Set(declared)].filter((name) => !HARMLESS.has(name)), unknowns };
}

async function declaredTransforms(connection: Connection, source: { readonly TemplateURL: string } | { readonly StackName: string }): Promise<readonly string[]> {
  const { GetTemplateSummaryCommand } = connection.sdk;
  const answer = await connection.call('GetTemplateSummary', (client, options) => client.send(new GetTemplateSummaryCommand(source), options));
  return answer.DeclaredTransforms ?? [];
}

/** Addresses of nested templates that are written out; a change set reads those too. */
function nestedUrls(template: object): string[] {
  const resources: unknown = (template as { readonly Resources?: unknown }).Resources;
  if (typeof resources !== 'object' || resources === null) return [];
  return Object.values(resources as Record<string, { readonly Type?: unknown; readonly Properties?: { readonly TemplateURL?: unknown } } | null>)
    .filter((resource) => resource?.Type === 'AWS::CloudFormation::Stack')
    .flatMap((resource) => (typeof resource?.Properties?.TemplateURL === 'string' ? [resource.Properties.TemplateURL] : []));
}
