/** @jsxImportSource preact */
import type { TargetedSubmitEvent } from 'preact'
import { useState } from 'preact/hooks'
import { Answer } from './answer.tsx'
import type { Answered } from './answered.ts'
import { ask, type Failure, statedOf } from './api.ts'
import { FailureNotice } from './failure.tsx'
import { Fields } from './fields.tsx'
import { t } from './translator.ts'

const RULES = ['need', 'listed', 'possible', 'private', 'limits'] as const

function Rules() {
  return (
    <section class="card stack">
      <h2>{t('rules.title')}</h2>
      <ul class="rules">
        {RULES.map(rule => (
          <li key={rule}>
            <strong>{t(`rules.${rule}`)}</strong>
            <span>{t(`rules.${rule}Text`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

type State =
  | { step: 'form'; tooFew?: number; failure?: Failure }
  | { step: 'asking' }
  | { step: 'answered'; answered: Answered }

/** *Am I listed?*: the rules, the question, and its answer. What was typed stays until the reader asks about somebody else. */
export function Ask() {
  const [state, setState] = useState<State>({ step: 'form' })

  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const stated = statedOf(new FormData(event.currentTarget))
    const count = Object.keys(stated).length
    if (count < 2) return setState({ step: 'form', tooFew: count })
    setState({ step: 'asking' })
    const outcome = await ask(stated)
    setState(
      'failure' in outcome
        ? { step: 'form', failure: outcome.failure }
        : { step: 'answered', answered: { ...outcome.data, time: new Date() } },
    )
  }

  const failure = state.step === 'form' ? state.failure : undefined
  return (
    <>
      <h1>{t('ask.title')}</h1>
      <p class="lead">{t('ask.lead')}</p>
      <Rules />
      <form class="card stack" onSubmit={submit} onReset={() => setState({ step: 'form' })} noValidate>
        <Fields faults={failure?.kind === 'invalid' ? failure.fields : {}} />
        {state.step === 'form' && state.tooFew !== undefined && (
          <p class="notice warn" role="alert">
            {t('fault.two', { count: state.tooFew })}
          </p>
        )}
        {failure && <FailureNotice failure={failure} />}
        <div class="row">
          <button class="button primary" type="submit" disabled={state.step === 'asking'}>
            {t(state.step === 'asking' ? 'ask.working' : 'ask.submit')}
          </button>
          {state.step === 'answered' && (
            <button class="button plain" type="reset">
              {t('ask.again')}
            </button>
          )}
        </div>
      </form>
      {state.step === 'answered' && <Answer key={state.answered.receipt} answered={state.answered} />}
    </>
  )
}
