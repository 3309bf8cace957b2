/** @jsxImportSource preact */
import '../shared/base.css'
import './lookup.css'
import { render } from 'preact'
import { LookupPage } from './page.tsx'
import { translator } from './translator.ts'

await translator.start()
const root = document.getElementById('root')
root?.replaceChildren()
if (root) render(<LookupPage />, root)
