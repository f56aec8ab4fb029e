using System.Collections.Immutable;
using ExplainLsp.Models.Structure;

namespace ExplainLsp.Models.Reading;

/// <summary>
/// Visits every tensor of a model, wherever one may stand (initializers, attributes, subgraphs, functions, training graphs): counts the
/// weights and checks those whose bytes are in another file.
/// </summary>
internal sealed class TensorSurvey(string modelPath, string modelName)
{
    private const int External = 1;

    private readonly ExternalDataCheck _externalData = new(modelPath, modelName);

    public long ParameterCount { get; private set; }

    public ImmutableArray<ExternalDataFile> ExternalData => _externalData.Files;

    public void Visit(ModelProto model)
    {
        Visit(model.Graph);
        foreach (var function in model.Functions)
            Visit(function.Node);
        foreach (var training in model.TrainingInfo)
        {
            Visit(training.Initialization);
            Visit(training.Algorithm);
        }
    }

    private void Visit(GraphProto? graph)
    {
        if (graph is null)
            return;
        foreach (var tensor in graph.Initializer)
        {
            Visit(tensor);
            Count(tensor.Dims, tensor.Name);
        }

        foreach (var tensor in graph.SparseInitializer)
        {
            Visit(tensor);
            Count(tensor.Values?.Dims ?? [], tensor.Values?.Name ?? "");
        }

        Visit(graph.Node);
    }

    private void Visit(IEnumerable<NodeProto> nodes)
    {
        foreach (var attribute in nodes.SelectMany(node => node.Attribute))
        {
            Visit(attribute.T);
            Visit(attribute.G);
            Visit(attribute.SparseTensor);
            foreach (var tensor in attribute.Tensors)
                Visit(tensor);
            foreach (var graph in attribute.Graphs)
                Visit(graph);
            foreach (var tensor in attribute.SparseTensors)
                Visit(tensor);
        }
    }

    private void Visit(SparseTensorProto? tensor)
    {
        Visit(tensor?.Values);
        Visit(tensor?.Indices);
    }

    private void Visit(TensorProto? tensor)
    {
        // Entries without the flag are harmless to a reader of the specification; to be sure of every reader they are checked too.
        if (tensor is not null && (tensor.DataLocation == External || tensor.ExternalData.Count > 0))
            _externalData.Check(tensor);
    }

    private void Count(IEnumerable<long> sizes, string tensor)
    {
        try
        {
            var count = 1L;
            foreach (var size in sizes)
            {
                if (size < 0)
                    throw Impossible(tensor);
                count = checked(count * size);
            }

            ParameterCount = checked(ParameterCount + count);
        }
        catch (OverflowException)
        {
            throw Impossible(tensor);
        }
    }

    private ModelException Impossible(string tensor) =>
        new($"{modelName} is damaged: the weight {tensor} has an impossible size. Export or download the model again.");
}
