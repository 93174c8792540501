/* What every rival's page begins with: the schema and the document, which the page preloads beside the script. */
const json = async (name) => (await fetch(name)).json();

export const loaded = () => Promise.all([json("schema.json"), json("document.json")]);
export const place = document.getElementById("form");
