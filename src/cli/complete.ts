/** `seamark complete`: completions for the shell, made from the commands and options as they are declared. */
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { addExamples } from './help.ts';

/** All other commands must be registered: what is not there is not completed. */
export function registerComplete(program: Command): void {
  tab(program);
  const command = program.commands.find((candidate) => candidate.name() === 'complete');
  if (command === undefined) throw new Error('the completions registered no command `complete`');
  command.description('print the completions for a shell: bash, zsh, fish or powershell');
  addExamples(command, [
    ['source <(seamark complete bash)', 'completions in this shell'],
    ['seamark complete zsh > ~/.zfunc/_seamark', 'completions in every new zsh'],
  ]);
}
