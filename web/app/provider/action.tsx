import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FaultText } from '../failure.tsx'
import { failureOf } from '../request.ts'

/** A change. After it, the lists with these keys are read again, and how much waits for a decision. */
export function useAction<Input, Result>(action: (input: Input) => Promise<Result>, ...lists: string[]) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: action,
    networkMode: 'always',
    onSettled: () => Promise.all([...lists, 'pending'].map(list => queries.invalidateQueries({ queryKey: [list] }))),
  })
}

/** Says why a change was not made. */
export function ActionFault({ error }: { error: Error | null }) {
  if (error === null) return null
  return (
    <p className="notice bad" role="alert">
      <FaultText {...failureOf(error)} />
    </p>
  )
}
