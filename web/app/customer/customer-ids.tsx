import { Link } from '@tanstack/react-router'

/** Ids of customers, each a link to its customer. */
export function CustomerIds({ ids }: { ids: readonly string[] }) {
  return (
    <ul className="mono wrap ids">
      {ids.map(id => (
        <li key={id}>
          <Link to="/customers/$id" params={{ id }}>
            {id}
          </Link>
        </li>
      ))}
    </ul>
  )
}
