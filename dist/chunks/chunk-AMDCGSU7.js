import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var r={pass:0,fail:1,error:3};export{r as a};
