import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { verifyAnswer } from '#contract/schemas/query.ts'
import { verifyCertificateAnswer } from '#contract/schemas/retention.ts'
import { command } from '../command.ts'
import { UsageError } from '../failure.ts'
import { lookupOptions, toLookup } from '../lookup-options.ts'
import { json } from '../option.ts'
import { print } from '../print.ts'
import { pairs } from '../table.ts'
import { verbArgument } from '../verb-argument.ts'

const EXIT_INVALID = 2
const INVALID = 'not valid: it was altered, or another registry issued it\n'

export const verify = command({
  name: 'verify',
  summary: 'verifies the receipt of a lookup, or a certificate of erasure (needs no user)',
  notes: [
    'With details as for lookup, it also says whether the receipt is for them. The text of a receipt or certificate may be long: from a',
    'file, registry verify certificate "$(cat FILE)". Exit code: 0 valid (and for these details); 2 not.',
  ],
  argument: verbArgument({ receipt: 'TEXT', certificate: 'TEXT' }),
  options: z.object({ ...lookupOptions, json }),
  patience: 3,
  async run({ argument: { verb, name: text }, options: { json, ...stated }, client }) {
    const details = toLookup(stated)
    const hasDetails = Object.values(details).some(value => value !== undefined)
    if (verb === 'certificate') {
      if (hasDetails) throw new UsageError('a certificate takes no details: it names the ids')
      const body = { certificate: text }
      const answer = await client.ask(routes.verifyCertificate, verifyCertificateAnswer, { body })
      const { erasure } = answer
      print(json, answer, () =>
        erasure === null
          ? INVALID
          : pairs([
              ['valid', `erased ${erasure.ids.join(', ')}`],
              ['at', `${erasure.erased_at}, ${erasure.location}`],
              ['read again', erasure.read_at],
              ['pending', erasure.pending.join(', ')],
              ['backups until', erasure.backups_until],
            ]),
      )
      return answer.valid ? 0 : EXIT_INVALID
    }
    const body = { receipt: text, ...(hasDetails ? { details } : {}) }
    const answer = await client.ask(routes.verifyLookup, verifyAnswer, { body })
    const { valid, matches, answer: answered, at, location } = answer
    const about = matches === null ? '' : matches ? ', for these details' : ', for other details'
    print(json, answer, () =>
      valid
        ? pairs([
            ['valid', `${answered?.replace('_', ' ')}${about}`],
            ['at', `${at}, ${location}`],
          ])
        : INVALID,
    )
    return valid && matches !== false ? 0 : EXIT_INVALID
  },
})
