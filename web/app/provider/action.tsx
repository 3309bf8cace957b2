import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RequestFailed } from '../request.ts'
import { useTexts } from '../translator.ts'

/** A change. After it, the lists with these keys are read again. */
export function useAction<Input, Result>(action: (input: Input) => Promise<Result>, ...lists: string[]) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: action,
    networkMode: 'always',
    onSettled: () => Promise.all(lists.map(list => queries.invalidateQueries({ queryKey: [list] }))),
  })
}

/** Says why a change was not made. */
export function ActionFault({ error }: { error: Error | null }) {
  const { t } = useTexts()
  if (error === null) return null
  const { status, detail } = error instanceof RequestFailed ? error : { status: 500, detail: null }
  return (
    <p className="notice bad" role="alert">
      {detail === null ? t(status === 0 ? 'fault.offline' : 'fault.unavailable') : <bdi>{detail}</bdi>}
    </p>
  )
}
