/** @jsxImportSource preact */

import { useState } from 'preact/hooks'
import { encode } from 'uqr'
import { saveFile } from '../shared/save-file.ts'
import type { Answered } from './answered.ts'
import { formatTime, t } from './translator.ts'

/** The address that checks a receipt. The receipt is in the fragment, which browsers do not send. */
const linkTo = (receipt: string): string => `${location.origin}/verify#${receipt}`

/** The width of a module of a QR code: cameras of telephones do not resolve finer ones on a screen. */
const MODULE_PX = 3
/** The margin that a QR code needs (ISO/IEC 18004), in modules. */
const QUIET_ZONE = 4

/** A QR code as one path of an SVG image. */
function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'L', border: QUIET_ZONE })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      class="qr"
      width={size * MODULE_PX}
      height={size * MODULE_PX}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={t('receipt.qr')}
      shape-rendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  )
}

function download({ answer, receipt, time }: Answered): void {
  const text = t('receipt.file', {
    answer: t(`short.${answer}`),
    time: formatTime(time),
    link: linkTo(receipt),
    receipt,
  })
  saveFile(`receipt-${time.toISOString().slice(0, 10)}.txt`, 'text/plain;charset=utf-8', [text])
}

export function Receipt({ answered }: { answered: Answered }) {
  const [copied, setCopied] = useState(false)
  const { receipt } = answered
  const copy = () => navigator.clipboard.writeText(receipt).then(() => setCopied(true))
  return (
    <div class="receipt">
      <div class="stack">
        <h3>{t('receipt.title')}</h3>
        <p class="quiet">{t('receipt.text')}</p>
        <code>{receipt}</code>
        <div class="row">
          <button class="button" type="button" onClick={() => download(answered)}>
            {t('receipt.download')}
          </button>
          <button class="button" type="button" onClick={copy}>
            {t(copied ? 'receipt.copied' : 'receipt.copy')}
          </button>
        </div>
      </div>
      <QrCode text={linkTo(receipt)} />
    </div>
  )
}
