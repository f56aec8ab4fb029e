using System.Globalization;
using System.Text;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>The table of operators, opsets and errors in <c>docs/gradients.md</c> is what the cases say.</summary>
public class CoverageTests
{
    [Fact]
    public void Table_InTheDocs_NamesTheOperatorsThatAreTested()
    {
        var path = Path.Combine(Fixtures.Repository, "docs", "gradients.md");
        if (Environment.GetEnvironmentVariable("EXPLAINLSP_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Document());
        }

        var written = File.Exists(path) ? File.ReadAllText(path) : "";
        // The errors differ from processor to processor; operators and opsets must not.
        Assert.True(
            Keys(written).SequenceEqual(Rows().Select(row => (row.Operator, row.Opsets))),
            "docs/gradients.md differs from the cases: run the tests of Models with EXPLAINLSP_UPDATE=1.");
    }

    private static IEnumerable<(string Operator, string Opsets)> Keys(string document) =>
        document.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|')).Select(cells => (cells[1].Trim().Trim('`'), cells[2].Trim()));

    private static IEnumerable<(string Operator, string Opsets, GradientCase[] Cases)> Rows() =>
        GradientCaseList.All.GroupBy(which => which.Operator).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, string.Join(", ", group.Select(which => which.Opset).Distinct().Order()), group.ToArray()));

    private static string Document()
    {
        var text = new StringBuilder(
            """
            # Gradients: what is covered

            Every operator beside central finite differences of the model itself, on random inputs: broadcasts, odd strides, pads, groups,
            dilation, negative axes, empty and size-1 dimensions, fixed and open shapes. The gradient is computed in single precision; the
            differences in double precision where ONNX Runtime has the kernels (`double`), otherwise in single precision (`float`), where
            they are exact to about 1e-4. The error is the largest of all cases, relative to the largest element of a gradient; a test
            fails when it reaches 1e-3.

            This table is written by the tests of `server/Models` (`EXPLAINLSP_UPDATE=1`).

            | operator | opsets | cases | largest relative error | differences in |
            | --- | --- | --- | --- | --- |

            """);
        foreach (var (name, opsets, cases) in Rows())
        {
            var results = cases.Select(GradientCaseList.Result).ToArray();
            var differences = results.All(result => result.InDouble) ? "double" : results.Any(result => result.InDouble) ? "double, float" : "float";
            text.AppendLine(
                CultureInfo.InvariantCulture, $"| `{name}` | {opsets} | {cases.Length} | {results.Max(result => result.Error):0.0e+0} | {differences} |");
        }

        return text.ToString();
    }
}
