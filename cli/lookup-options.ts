import { z } from 'zod'

const criterion = (value: string, description: string) => z.string().optional().meta({ value, description })

/** The options that say what a person knows of themselves. */
export const lookupOptions = {
  surname: criterion('NAME', 'surname'),
  'given-name': criterion('NAME', 'given name'),
  dob: criterion('DATE', 'date of birth'),
  'document-number': criterion('NUMBER', 'number of a passport or other document'),
}
const schema = z.object(lookupOptions)

/** The members of a request for these options. */
export const toLookup = ({ surname, dob, ...options }: z.output<typeof schema>) => ({
  ...{ surname, dob },
  given_name: options['given-name'],
  document_number: options['document-number'],
})
