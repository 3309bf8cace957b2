/** @jsxImportSource preact */
import { Fragment, type TargetedDragEvent, type TargetedSubmitEvent } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { type Failure, verifyCertificate } from './api.ts'
import { FailureNotice } from './failure.tsx'
import { formatTime, t } from './translator.ts'

type Checked = NonNullable<Extract<Awaited<ReturnType<typeof verifyCertificate>>, { data: unknown }>['data']>
type Erasure = NonNullable<Checked['erasure']>

const sum = (counts: Record<string, number | null>): number =>
  Object.values(counts).reduce<number>((total, count) => total + (count ?? 0), 0)

/** The signed text: of the file that the registry gives, one member. What else a file says is not signed. */
function toSignedText(text: string): string {
  try {
    const file: unknown = JSON.parse(text)
    if (typeof file === 'object' && file !== null && 'certificate' in file) return String(file.certificate).trim()
  } catch {
    // Not a file, but the text itself.
  }
  return text.replaceAll(/\s/g, '')
}

function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at}>
      {formatTime(at)}
    </time>
  )
}

/** What a genuine certificate states. */
function Content({ erasure }: { erasure: Erasure }) {
  const { ids, erased_at, location, removed, found, read_at, locations, pending, backups_until } = erasure
  const isClean = sum(found) === 0
  return (
    <section class="card stack" role="status">
      <h2>{t('certificate.valid')}</h2>
      <p class={`notice ${isClean && pending.length === 0 ? 'good' : 'warn'}`}>
        {t(isClean ? 'certificate.clean' : 'certificate.notClean', { count: sum(found), time: formatTime(read_at) })}
        {pending.length > 0 && ` ${t('certificate.pending', { locations: pending.join(', ') })}`}
      </p>
      <dl class="facts">
        <dt>{t('certificate.ids')}</dt>
        <dd class="mono wrap" dir="ltr">
          {ids.join(', ')}
        </dd>
        <dt>{t('certificate.at')}</dt>
        <dd>
          <Moment at={erased_at} /> · <bdi>{location}</bdi>
        </dd>
        <dt>{t('certificate.removed')}</dt>
        <dd>{sum(removed)}</dd>
        {locations.map(({ name, acknowledged_at }) => (
          <Fragment key={name}>
            <dt>{t('certificate.location', { name })}</dt>
            <dd>{acknowledged_at === null ? t('certificate.notYet') : <Moment at={acknowledged_at} />}</dd>
          </Fragment>
        ))}
        <dt>{t('certificate.backups')}</dt>
        <dd>
          <Moment at={backups_until} />
        </dd>
      </dl>
    </section>
  )
}

type State =
  | { step: 'form'; isEmpty?: boolean; failure?: Failure }
  | { step: 'checking' }
  | { step: 'checked'; erasure: Erasure | null }

/** Checks a certificate of erasure, which is pasted, dropped, or chosen as a file. */
export function VerifyCertificate() {
  const [state, setState] = useState<State>({ step: 'form' })
  const [text, setText] = useState('')
  const [isOver, setIsOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  const check = async (given: string) => {
    const certificate = toSignedText(given)
    if (certificate === '') return setState({ step: 'form', isEmpty: true })
    setState({ step: 'checking' })
    const outcome = await verifyCertificate(certificate)
    if ('data' in outcome) return setState({ step: 'checked', erasure: outcome.data.erasure })
    // What cannot be a certificate, for example because it is too long, is none.
    const { failure } = outcome
    setState(failure.kind === 'invalid' ? { step: 'checked', erasure: null } : { step: 'form', failure })
  }
  const takeFile = async (file: File | undefined) => {
    if (file === undefined) return
    const content = await file.text()
    setText(content)
    await check(content)
  }
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    return check(text)
  }
  const drop = (event: TargetedDragEvent<HTMLFormElement>) => {
    event.preventDefault()
    setIsOver(false)
    return takeFile(event.dataTransfer?.files[0])
  }

  return (
    <>
      <h1>{t('certificate.title')}</h1>
      <p class="lead">{t('certificate.lead')}</p>
      <form
        class={`card stack ${isOver ? 'over' : ''}`}
        onSubmit={submit}
        onDragOver={event => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        noValidate
      >
        <div class="field">
          <label for="certificate">{t('certificate.text')}</label>
          <textarea
            class="input mono"
            id="certificate"
            rows={6}
            dir="ltr"
            spellcheck={false}
            aria-describedby="certificate-hint"
            value={text}
            onInput={event => setText(event.currentTarget.value)}
          />
          <span id="certificate-hint" class="hint">
            {t('certificate.hint')}
          </span>
        </div>
        {state.step === 'form' && state.isEmpty && (
          <p class="notice warn" role="alert">
            {t('certificate.empty')}
          </p>
        )}
        {state.step === 'form' && state.failure && <FailureNotice failure={state.failure} />}
        <div class="row">
          <button class="button primary" type="submit" disabled={state.step === 'checking'}>
            {t(state.step === 'checking' ? 'verify.working' : 'verify.submit')}
          </button>
          <button class="button" type="button" onClick={() => input.current?.click()}>
            {t('certificate.choose')}
          </button>
          <input
            ref={input}
            hidden
            type="file"
            accept=".json,.txt,application/json,text/plain"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? []
              // The same file can be chosen again after it was changed.
              takeFile(file).finally(() => {
                currentTarget.value = ''
              })
            }}
          />
        </div>
      </form>
      {state.step === 'checked' &&
        (state.erasure ? (
          <Content erasure={state.erasure} />
        ) : (
          <section class="notice bad" role="status">
            <h2>{t('certificate.invalid')}</h2>
            <p>{t('certificate.invalidText')}</p>
          </section>
        ))}
    </>
  )
}
