export { startEdge } from './edge.js';
