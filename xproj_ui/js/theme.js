// @ts-check

/**
 * Streamlit gives the theme's colours but not whether it is dark.
 * @param {{ root: HTMLElement }} app
 */
export function adoptTheme(app) {
  const page = getComputedStyle(app.root).getPropertyValue("--st-background-color");
  const brush = document.createElement("canvas").getContext("2d");
  if (!brush) return;
  brush.fillStyle = page.trim() || "white";
  brush.fillRect(0, 0, 1, 1);
  const [r, g, b] = brush.getImageData(0, 0, 1, 1).data;
  app.root.style.colorScheme = 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
}
