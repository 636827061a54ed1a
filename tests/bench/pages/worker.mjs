import { loadPyodide } from "$pyodide";
const starting = loadPyodide({ stdout: (line) => postMessage({ line }) });
onmessage = async ({ data }) => {
  (await starting).runPython(data);
  postMessage({ ended: true });
};
