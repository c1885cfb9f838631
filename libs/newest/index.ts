export { Newest } from './newest.js';
