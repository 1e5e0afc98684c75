// Draws a graph with a package that the first argument names. Reads lines `node W H` and
// `edge FROM TO`; prints the plain format of Graphviz.
const packageName = process.argv[1];
let library;
try {
	library = packageName === "elkjs" ? require("elkjs") : require("dagre");
} catch {
	process.exit(3);
}

const nodes = [];
const edges = [];
for (const line of require("node:fs").readFileSync(0, "utf8").split("\n")) {
	const [kind, a, b] = line.split(" ");
	if (kind === "node") nodes.push({ width: +a, height: +b });
	if (kind === "edge") edges.push({ from: a, to: b });
}

const print = (text) => process.stdout.write(`${text}\n`);

/** Prints a line. Of control points only each third lies on it, so the others are filled in. */
function printEdge(edge, points) {
	const filled = points.flatMap((point, at) => (at === 0 ? [point] : [point, point, point]));
	const numbers = filled.map((point) => `${point.x} ${point.y}`).join(" ");
	print(`edge ${edge.from} ${edge.to} ${filled.length} ${numbers}`);
}

async function withElk() {
	const graph = await new library().layout({
		id: "root",
		layoutOptions: {
			"elk.algorithm": "layered",
			"elk.direction": "RIGHT",
			"elk.edgeRouting": "ORTHOGONAL",
		},
		children: nodes.map((node, at) => ({ id: `${at}`, ...node })),
		edges: edges.map((edge, at) => ({ id: `e${at}`, sources: [edge.from], targets: [edge.to] })),
	});
	for (const node of graph.children) {
		print(`node ${node.id} ${node.x + node.width / 2} ${node.y + node.height / 2}`);
	}
	graph.edges.forEach((edge, at) => {
		const [section] = edge.sections;
		printEdge(edges[at], [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]);
	});
}

function withDagre() {
	const graph = new library.graphlib.Graph({ multigraph: true });
	graph.setGraph({ rankdir: "LR" });
	graph.setDefaultEdgeLabel(() => ({}));
	nodes.forEach((node, at) => graph.setNode(`${at}`, { ...node }));
	edges.forEach((edge, at) => graph.setEdge(edge.from, edge.to, {}, `e${at}`));
	library.layout(graph);
	for (const id of graph.nodes()) {
		const node = graph.node(id);
		print(`node ${id} ${node.x} ${node.y}`);
	}
	edges.forEach((edge, at) => {
		printEdge(edge, graph.edge(edge.from, edge.to, `e${at}`).points);
	});
}

if (packageName === "elkjs") withElk();
else withDagre();
