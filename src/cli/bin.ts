#!/usr/bin/env node
/** The file that `seamark` starts. Ends the process by its code, so that a handle left open never holds the user up. */
import { renderFailure } from './complain.ts';
import { isVerbose, main } from './main.ts';
import { colorsFor } from './terminal.ts';

const words = process.argv.slice(2);
const DEFECT = 3;

// Node would end with 1 here, which means a confirmed regression.
process.on('uncaughtException', (error) => {
  process.stderr.write(renderFailure(error, isVerbose(words), colorsFor(process.stderr)), () => process.exit(DEFECT));
});

process.exit(await main(words));
