/* JSONForms with its Material renderers, which draw alternatives; an item's inside is made when it is unfolded. */
import { ThemeProvider, createTheme } from "@mui/material/styles";
import { materialCells, materialRenderers } from "@jsonforms/material-renderers";
import { JsonForms } from "@jsonforms/react";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { loaded, place } from "./load.js";

const closed = { defaultProps: { slotProps: { transition: { unmountOnExit: true } } } };
const theme = createTheme({ components: { MuiAccordion: closed } });

const Page = ({ schema, given }) => {
  const [data, setData] = useState(given);
  return <ThemeProvider theme={theme}>
    <JsonForms schema={schema} data={data} renderers={materialRenderers} cells={materialCells}
      onChange={(change) => setData(change.data)} />
  </ThemeProvider>;
};

const [schema, given] = await loaded();
createRoot(place).render(<Page schema={schema} given={given} />);
