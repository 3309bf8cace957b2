import { z } from 'zod'
import { type Command, command } from '../command.ts'
import { bashCompletion, zshCompletion } from '../completion.ts'

const scripts = { bash: bashCompletion, zsh: zshCompletion }

/** @param commands read when it runs, so that it may be one of them. */
export const toCompletion = (commands: readonly Command[]) =>
  command({
    name: 'completion',
    summary: 'prints a script that completes commands and options in a shell',
    notes: ['bash: put  source <(registry completion bash)  into ~/.bashrc. zsh: the same with zsh, into ~/.zshrc.'],
    argument: z
      .enum(['bash', 'zsh'], { error: 'must be bash or zsh' })
      .meta({ value: 'SHELL', description: 'bash or zsh' }),
    options: z.object({}),
    patience: 0,
    async run({ argument: shell }) {
      process.stdout.write(scripts[shell](commands))
      return 0
    },
  })
