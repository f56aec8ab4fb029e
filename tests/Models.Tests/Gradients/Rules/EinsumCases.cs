using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Products, sums, transpositions and outer products by Einsum.</summary>
internal sealed class EinsumCases : IGradientCases
{
    private static readonly (string Equation, long[][] Shapes)[] Equations =
    [
        ("ij,jk->ik", [[2, 3], [3, 4]]),
        ("bij,bjk->bik", [[2, 2, 3], [2, 3, 2]]),
        ("bhid,bhjd->bhij", [[1, 2, 3, 2], [1, 2, 2, 2]]),
        ("ij->ji", [[2, 3]]),
        ("ij->i", [[2, 3]]),
        ("ij->", [[2, 3]]),
        ("i,j->ij", [[2], [3]]),
        ("i,i", [[3], [3]]),
        ("ij,k->jk", [[2, 3], [2]]),
        ("...ij,...jk->...ik", [[2, 2, 3], [2, 3, 2]]),
        ("...ij,...jk->...ik", [[2, 2, 3], [1, 3, 2]]),
        ("...i->...", [[2, 3]]),
        ("b i j, j -> b i", [[2, 2, 3], [3]]),
        ("ij,jk,kl->il", [[2, 3], [3, 2], [2, 2]]),
    ];

    public IEnumerable<GradientCase> Cases()
    {
        foreach (var (equation, shapes) in Equations)
        {
            var which = new GradientCase("Einsum", 12, $"{equation} of {string.Join(" and ", shapes.Select(shape => string.Join("×", shape)))}");
            string[] names = ["a", "b", "c"];
            for (var i = 0; i < shapes.Length; i++)
                which.Input(names[i], shapes[i]);
            yield return which.Node("Einsum", names[..shapes.Length], ["y"], Attribute("equation", equation));
        }
    }
}
