import type { GraphEdge } from '../../src/editor/panel-protocol';
import type { VisibleGraph, VisibleNode } from './graph-collapse';
import type { GraphModel, GraphNode } from './graph-model';

/** How many neighbours a spoken sentence names. */
const NAMED = 4;

/** A text in at most `most` characters: names differ at both ends, so the middle goes. */
export function short(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${text.slice(0, most - 1 - end)}…${text.slice(text.length - end)}`;
}

/** `DynamoDB::Table` of `AWS::DynamoDB::Table`: the provider's name is in the list. */
const typeName = (type: string): string => type.replace(/^AWS::/, '');

/** The three lines in a node: what happens to it, its name, its type. */
export function nodeLabel(node: VisibleNode): string {
  const { node: one, group } = node;
  if (one) {
    const data = one.data === 'data is lost' ? ', data lost' : one.data === 'data: unknown' ? ', data unknown' : '';
    return [`${one.label.toUpperCase()}${data}`, short(one.name, 26), short(typeName(one.type), 28)].join('\n');
  }
  if (!group) return '';
  return [group.label.toUpperCase(), short(`${number(group.members.length)} × ${typeName(group.type) || 'resources'}`, 26), short(group.owner || 'Enter opens the group', 28)].join('\n');
}

/** A whole number as people write it: 4,800. */
export const number = (n: number): string => n.toLocaleString('en-US');

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The edge's other end with the reason ("Api (refers to it: Ref in Properties.Table)"). */
const named = (model: GraphModel, edge: GraphEdge, end: 'from' | 'to'): string => `${model.byKey.get(edge[end])?.name ?? edge[end]} (${edge.why})`;

function list(items: readonly string[]): string {
  const more = items.length - NAMED;
  return `${items.slice(0, NAMED).join(', ')}${more > 0 ? `, and ${number(more)} more` : ''}`;
}

/** What is said of a node when it is selected: what it is, what happens to it, who needs it and what it needs. */
export function sentence(model: GraphModel, graph: VisibleGraph, id: string): string {
  const { node, group } = graph.byId.get(id) ?? {};
  if (node) return nodeSentence(model, node);
  if (!group) return '';
  const what = [`${number(group.members.length)} ${group.type || 'resources'}`, group.owner && `in ${group.owner}`, lower(group.label)].filter(Boolean).join(', ');
  const needed = graph.edges.filter((e) => e.to === id).length;
  return `A group: ${what}. ${needed === 0 ? 'No other node needs it.' : `${needed === 1 ? '1 other node needs' : `${number(needed)} other nodes need`} it.`} Enter opens it.`;
}

function nodeSentence(model: GraphModel, node: GraphNode): string {
  const needs = model.needs.get(node.key) ?? [];
  const neededBy = model.neededBy.get(node.key) ?? [];
  const users = new Set(neededBy.map((e) => e.from)).size;
  return [
    `${[node.name, node.type, lower(node.label), node.data].filter(Boolean).join(', ')}.`,
    users === 0 ? 'Nothing that was seen needs it.' : `${users === 1 ? '1 resource needs' : `${number(users)} resources need`} it: ${list(neededBy.map((e) => named(model, e, 'from')))}.`,
    ...(needs.length === 0 ? [] : [`It needs ${list(needs.map((e) => named(model, e, 'to')))}.`]),
  ].join(' ');
}
