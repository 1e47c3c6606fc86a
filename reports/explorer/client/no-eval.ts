import { config } from 'zod';

// The page forbids code that is made at run time; schemas would try, and the browser would say so on the console.
config({ jitless: true });
