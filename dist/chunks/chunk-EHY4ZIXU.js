import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{b as r}from"./chunk-RBIIBWDD.js";import{a as e}from"./chunk-W2J5EQWB.js";var t=e.union([e.object({packages:e.array(r)}),e.object({trouble:e.string(),isPassing:e.boolean()})]),p=5e4;export{t as a,p as b};
