#!/usr/bin/env node
/** The file that `seamark` starts. Ends the process by its code, so that a handle left open never holds the user up. */
import { main } from './main.ts';

process.exit(await main(process.argv.slice(2)));
