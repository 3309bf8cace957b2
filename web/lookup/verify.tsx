/** @jsxImportSource preact */
import type { TargetedSubmitEvent } from 'preact'
import { useState } from 'preact/hooks'
import { type Failure, statedOf, verify } from './api.ts'
import { FailureNotice } from './failure.tsx'
import { Fields } from './fields.tsx'
import { formatTime, t } from './translator.ts'

type Verified = NonNullable<Extract<Awaited<ReturnType<typeof verify>>, { data: unknown }>['data']>

function Content({ verified: { valid, answer, at, location, matches } }: { verified: Verified }) {
  if (!valid || answer === null || at === null)
    return (
      <section class="notice bad" role="status">
        <h2>{t('verify.invalid')}</h2>
        <p>{t('verify.invalidText')}</p>
      </section>
    )
  return (
    <section class="card stack" role="status">
      <h2>{t('verify.valid')}</h2>
      <dl class="facts">
        <dt>{t('verify.answer')}</dt>
        <dd>{t(`short.${answer}`)}</dd>
        <dt>{t('verify.at')}</dt>
        <dd>
          <time dateTime={at} title={at}>
            {formatTime(at)}
          </time>
        </dd>
        <dt>{t('verify.location')}</dt>
        <dd>
          <bdi>{location}</bdi>
        </dd>
        {matches !== null && (
          <>
            <dt>{t('verify.matches')}</dt>
            <dd>{t(matches ? 'verify.matchesYes' : 'verify.matchesNo')}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

type State =
  | { step: 'form'; fault?: 'verify.empty' | 'fault.two'; count?: number; failure?: Failure }
  | { step: 'checking' }
  | { step: 'verified'; verified: Verified }

/** Checks a receipt, and optionally whether it is about a person. A link from a QR code has the receipt in its fragment. */
export function Verify() {
  const [state, setState] = useState<State>({ step: 'form' })

  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const receipt = String(form.get('receipt') ?? '').replaceAll(/\s/g, '')
    const details = statedOf(form)
    const count = Object.keys(details).length
    if (receipt === '') return setState({ step: 'form', fault: 'verify.empty' })
    if (count === 1) return setState({ step: 'form', fault: 'fault.two', count })
    setState({ step: 'checking' })
    const outcome = await verify(receipt, details)
    setState(
      'failure' in outcome ? { step: 'form', failure: outcome.failure } : { step: 'verified', verified: outcome.data },
    )
  }

  const failure = state.step === 'form' ? state.failure : undefined
  return (
    <>
      <h1>{t('verify.title')}</h1>
      <p class="lead">{t('verify.lead')}</p>
      <form class="card stack" onSubmit={submit} noValidate>
        <div class="field">
          <label for="receipt">{t('verify.receipt')}</label>
          <textarea
            class="input mono"
            id="receipt"
            name="receipt"
            rows={4}
            dir="ltr"
            spellcheck={false}
            aria-describedby="receipt-hint"
            defaultValue={location.hash.slice(1)}
          />
          <span id="receipt-hint" class="hint">
            {t('verify.receiptHint')}
          </span>
        </div>
        <details>
          <summary>{t('verify.details')}</summary>
          <Fields faults={failure?.kind === 'invalid' ? failure.fields : {}} />
        </details>
        {state.step === 'form' && state.fault && (
          <p class="notice warn" role="alert">
            {t(state.fault, { count: state.count ?? 0 })}
          </p>
        )}
        {failure && <FailureNotice failure={failure} />}
        <div>
          <button class="button primary" type="submit" disabled={state.step === 'checking'}>
            {t(state.step === 'checking' ? 'verify.working' : 'verify.submit')}
          </button>
        </div>
      </form>
      {state.step === 'verified' && <Content verified={state.verified} />}
    </>
  )
}
