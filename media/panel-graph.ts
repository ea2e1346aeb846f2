/// <reference lib="dom" />
/** The graph of the review panel: a bundle of its own, which the page loads when a person opens the graph. */
import { mountGraph } from './panel/graph-view';
import './panel/graph-types';

globalThis.holdpointGraph = { mount: mountGraph };
