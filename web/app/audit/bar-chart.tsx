import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import uPlot from 'uplot'

const HEIGHT = 220
const LABEL_SPACE = 90
const MAX_LABEL = 14

const darkness = matchMedia('(prefers-color-scheme: dark)')
const followDarkness = (listener: () => void) => {
  darkness.addEventListener('change', listener)
  return () => darkness.removeEventListener('change', listener)
}

const shorten = (label: string): string => (label.length > MAX_LABEL ? `${label.slice(0, MAX_LABEL - 1)}…` : label)

interface Props {
  /** What the picture shows, for those who do not see it. */
  label: string
  bars: readonly { name: string; count: number }[]
}

function draw(element: HTMLElement, bars: Props['bars']): uPlot {
  const axis = { stroke: getComputedStyle(element.parentElement ?? element).color, grid: { show: false } }
  const isMirrored = document.documentElement.dir === 'rtl'
  const options: uPlot.Options = {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, dir: isMirrored ? -1 : 1, range: [-0.5, bars.length - 0.5] },
      y: { range: (_, __, max) => [0, Math.max(1, max)] },
    },
    series: [
      {},
      {
        fill: getComputedStyle(element).color,
        points: { show: false },
        ...(uPlot.paths.bars ? { paths: uPlot.paths.bars({ size: [0.7, 40] }) } : {}),
      },
    ],
    axes: [
      {
        ...axis,
        rotate: -45,
        size: LABEL_SPACE,
        // A label belongs to a bar: there are none between two.
        values: (_, places) => places.map(place => shorten(bars[place]?.name ?? '')),
      },
      { ...axis, side: isMirrored ? 1 : 3, values: (_, counts) => counts.map(it => (Number.isInteger(it) ? it : '')) },
    ],
  }
  return new uPlot(options, [bars.map((_, n) => n), bars.map(({ count }) => count)], element)
}

/** Bars side by side, in the colours of the page and in its direction. */
export function BarChart({ label, bars }: Props) {
  const element = useRef<HTMLDivElement>(null)
  const isDark = useSyncExternalStore(followDarkness, () => darkness.matches)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours depend on the appearance
  useEffect(() => {
    const { current } = element
    if (current === null) return
    const chart = draw(current, bars)
    const observer = new ResizeObserver(() => chart.setSize({ width: current.clientWidth, height: HEIGHT }))
    observer.observe(current)
    return () => {
      observer.disconnect()
      chart.destroy()
    }
  }, [bars, isDark])
  return (
    <div className="quiet" role="img" aria-label={label}>
      <div ref={element} className="chart" />
    </div>
  )
}
