import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a as r}from"./chunk-55PNPI6Q.js";var n=class extends Error{static{r(this,"UserError")}name="UserError";hint;exitCode;constructor(t,e={}){super(t,e.cause===void 0?void 0:{cause:e.cause}),this.hint=e.hint,this.exitCode=e.exitCode??2}};export{n as a};
