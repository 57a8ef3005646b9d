export { edgeOf, readAddresses } from './edge.js';
