/** CloudFormation templates: read, resolved, compared, and what an update or a deletion would do. Pure; no call to anything. */
export { predictBatch, type BatchAnswer, type BatchResource } from './batch';
export { fromChangeSetRows, type ChangeSetRow, type RowTemplates } from './change-set-rows';
export { marks, type Mark, type MarkKind, type MarkOptions } from './marks';
export { predict, predictDelete, type Deployment, type NestedStack, type Prediction, type PredictOptions } from './predict';
export type { Fix, TextEdit } from '../mark';
export type { GivenParameters } from './parameters';
export type { TemplateProblem } from './raw-text';
export { readTemplate, type ReadTemplate, type TemplateText } from './template-text';
