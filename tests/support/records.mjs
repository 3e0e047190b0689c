// Reading the records as the back office does: queries, and records to query.

/** Asks one query; the answer with its status. */
export function ask(server, soql, headers) {
  return server.backOffice("GET", `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`, undefined, headers);
}

/** The records of one query. Fails when it is refused. */
export async function records(server, soql, headers) {
  const answer = await ask(server, soql, headers);
  if (answer.status !== 200) throw new Error(`${soql}: ${answer.status} ${answer.text}`);
  return answer.body.records;
}
