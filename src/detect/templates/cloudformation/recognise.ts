import { asObject, type PlainObject } from './value';

const TOP_LEVEL_YAML = /^["']?(?:AWSTemplateFormatVersion|Resources)["']?[ \t]*:/m;
const TOP_LEVEL_JSON = /"(?:AWSTemplateFormatVersion|Resources)"\s*:/;
/** A resource type: provider, service and name (`AWS::S3::Bucket`, `Custom::Thing`, `Alexa::ASK::Skill`). */
const RESOURCE_TYPE = /["']?Type["']?[ \t]*:\s*["']?[A-Za-z0-9]{2,64}::[A-Za-z0-9@_-]+/;
const FORMAT_VERSION = /AWSTemplateFormatVersion["']?\s*:\s*["']?2010-09-09/;

/**
 * Whether a text may be a CloudFormation template, decided without parsing: no for Kubernetes manifests, workflows,
 * compose files and the like. A yes is confirmed by `isTemplate` once the text is read.
 */
export function looksLikeTemplate(text: string): boolean {
  const json = /^\uFEFF?\s*\{/.test(text);
  if (!(json ? TOP_LEVEL_JSON : TOP_LEVEL_YAML).test(text)) return false;
  return FORMAT_VERSION.test(text) || RESOURCE_TYPE.test(text);
}

/** Whether plain data is a CloudFormation template: it says so, or it has resources with a provider's type. */
export function isTemplate(template: PlainObject): boolean {
  if (template['AWSTemplateFormatVersion'] !== undefined) return true;
  const resources = asObject(template['Resources']);
  if (resources === undefined) return false;
  return Object.values(resources).some((resource) => {
    const type = asObject(resource)?.['Type'];
    return typeof type === 'string' && type.includes('::');
  });
}
